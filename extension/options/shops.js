// The shops that are read at present; one that the user added can be stopped.

import { SHOPS, granted } from "../shared/shops.js";
import { by, h, language, say } from "../shared/page.js";

/** @param {Shop} shop @param {string[]} origins */
const row = ({ name, hosts, install, unverified }, origins) => {
  const about = h("div", {}, h("bdi", {}, name), " ", h("span", { className: "soft small" }, hosts.join(", ")));
  if (unverified) about.append(" ", h("span", { className: "soft small" }, say("options_shop_unverified")));
  if (install) return h("li", { className: "row" }, about, h("span", { className: "soft small" }, say("options_shop_installed")));
  const stop = h("button", { type: "button" }, say("options_shop_stop"));
  stop.setAttribute("aria-label", say("options_shop_stop_label", name));
  stop.addEventListener("click", () => void chrome.permissions.remove({ origins }));
  return h("li", { className: "row" }, about, stop);
};

const load = async () => {
  const held = await Promise.all(SHOPS.map(async (shop) => ({ shop, origins: await granted(shop) })));
  const read = held.filter(({ origins }) => origins.length).sort((a, b) => a.shop.name.localeCompare(b.shop.name, language));
  by("shops").replaceChildren(
    ...(read.length ? read.map(({ shop, origins }) => row(shop, origins)) : [h("li", { className: "soft" }, say("options_shops_none"))]),
  );
};

/** Fills the list, and again whenever what the browser grants has changed. */
export const showShops = () => {
  chrome.permissions.onAdded.addListener(() => void load());
  chrome.permissions.onRemoved.addListener(() => void load());
  return load();
};
