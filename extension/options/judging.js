// How readily warnings are wanted, with the measured cost of each choice, and the brands on which none is wanted.

import { by, h, language, say } from "../shared/page.js";
import { BRANDS, COSTS } from "../shared/judging-table.js";

/** @param {number} share */
const percent = (share) => new Intl.NumberFormat(language, { style: "percent", maximumSignificantDigits: 2 }).format(share);

/** @param {Sensitivity} chosen @param {(sensitivity: Sensitivity) => void} choose */
export const showSensitivity = (chosen, choose) => {
  const choice = (/** @type {Sensitivity} */ name) => {
    const input = h("input", { type: "radio", name: "sensitivity", value: name, checked: name === chosen });
    input.addEventListener("change", () => choose(name));
    const { warned, found } = COSTS[name];
    const cost = h("span", { className: "soft small" }, say("options_cost", percent(warned), percent(found)));
    return h("label", { className: "choice" }, input, h("span", {}, h("b", {}, say(`options_${name}`)), " ", cost));
  };
  const names = /** @type {Sensitivity[]} */ (Object.keys(COSTS));
  by("sensitivity").replaceChildren(...names.map(choice));
};

/** @param {{ id: string }[]} ignored @param {(id: string, name: string) => void} ignore */
export const showBrands = (ignored, ignore) => {
  const others = BRANDS.filter(([id]) => !ignored.some((one) => one.id === id));
  const select = by("brand");
  select.replaceChildren(h("option", { value: "" }, say("options_ignored_choose")), ...others.map(([id, name]) => h("option", { value: id }, name)));
  select.onchange = () => {
    const brand = others.find(([id]) => id === select.value);
    if (brand) ignore(...brand);
  };
};
