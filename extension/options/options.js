// Country and language of notices, how readily warnings are wanted, brands of no interest, trusted sellers, dismissed listings.

import { ask, by, day, h, language, localise, refusal, say } from "../shared/page.js";
import { showShops } from "./shops.js";
import { showBrands, showSensitivity } from "./judging.js";

const COUNTRIES =
  "AD AE AR AT AU BA BD BE BG BH BO BR CA CH CL CN CO CR CY CZ DE DK DO DZ EC EE EG ES FI FR GB GH GR GT HK HR HU ID IE IL IN IS IT JO JP KE KR KW KZ LB LI LK LT LU LV MA MC MD ME MK MO MT MX MY NG NL NO NZ OM PA PE PH PK PL PT PY QA RO RS RU SA SE SG SI SK SM TH TN TR TW UA US UY UZ VE VN ZA".split(
    " ",
  );
const LANGUAGES = ["en", "fr", "zh-CN"];

/** @param {unknown} error */
const problem = (error) => {
  by("problem").textContent = error ? String(error) : "";
  by("problem").hidden = !error;
};

/** @param {"region" | "language"} type @param {string} code */
const name = (type, code) => {
  try {
    return new Intl.DisplayNames([language], { type }).of(code) ?? code;
  } catch {
    return code;
  }
};

/** @param {HTMLSelectElement} select @param {string[]} codes @param {"region" | "language"} type @param {string} chosen @param {string} own */
const fill = (select, codes, type, chosen, own) => {
  const named = codes.map((code) => ({ code, label: name(type, code) })).sort((a, b) => a.label.localeCompare(b.label, language));
  select.replaceChildren(
    h("option", { value: "" }, say("options_from_browser", own ? name(type, own) : "–")),
    ...named.map(({ code, label }) => h("option", { value: code }, label)),
  );
  select.value = chosen;
};

/** Shows what is stored now, or why it could not be changed. @param {{ ok: boolean, error?: Refusal }} answer */
const done = async ({ ok, error }) => {
  if (ok) await load();
  else problem(refusal(error));
};

/** @param {"trusted" | "dismissed" | "ignored"} what @param {string} id @param {string} label @param {string} added */
const row = (what, id, label, added) => {
  const back = h("button", { type: "button" }, say("options_bring_back"));
  back.setAttribute("aria-label", say("options_bring_back_label", label));
  back.addEventListener("click", async () => {
    await done(await ask({ kind: "undo", what, id }));
  });
  const since = h("div", { className: "soft small" }, say("options_since", day(added)));
  return h("li", { className: "row" }, h("div", {}, h("bdi", {}, label), since), back);
};

const load = async () => {
  /** @type {Answer<SettingsAnswer & { chosen: { country: string, language: string } }>} */
  const answer = await ask({ kind: "settings" });
  if (!answer.ok) {
    problem(refusal(answer.error));
    return;
  }
  const { settings, chosen, trusted, dismissed, ignored, damaged } = answer;
  problem(damaged.length ? say("options_damaged", damaged.join(", ")) : null);
  fill(by("country"), COUNTRIES, "region", chosen.country, settings.country);
  fill(by("language"), LANGUAGES, "language", chosen.language, settings.language);
  showSensitivity(settings.sensitivity, (sensitivity) => save("warnings-saved", { sensitivity }));
  showBrands(ignored, async (brand, label) => done(await ask({ kind: "ignore", brand, name: label })));
  const none = (/** @type {string} */ words) => [h("li", { className: "soft" }, words)];
  by("trusted").replaceChildren(
    ...(trusted.length ? trusted.map(({ id, name: label, added }) => row("trusted", id, label, added)) : none(say("options_trusted_none"))),
  );
  by("ignored").replaceChildren(
    ...(ignored.length ? ignored.map(({ id, name: label, added }) => row("ignored", id, label, added)) : none(say("options_ignored_none"))),
  );
  by("dismissed").replaceChildren(
    ...(dismissed.length
      ? dismissed.map(({ key, title, added }) => row("dismissed", key, title, added))
      : none(say("options_dismissed_none"))),
  );
};

/** @param {string} where the outcome is told @param {Partial<Settings>} changed */
const save = async (where, changed) => {
  const answer = await ask({ kind: "save-settings", ...changed });
  by(where).textContent = answer.ok ? say("options_saved") : refusal(answer.error);
};
const saveNotices = () => save("saved", { country: by("country").value, language: by("language").value });

localise();
document.title = `${say("options_title")} – Touchstone`;
by("country").addEventListener("change", saveNotices);
by("language").addEventListener("change", saveNotices);
void load();
void showShops();
