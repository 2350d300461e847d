// What the popup says of a shop beside its page: that it can be read always, and whether reading there was ever checked.

import { granted, shopAt } from "../shared/shops.js";
import { by, h, say } from "../shared/page.js";

/**
 * Offers to read a shop always that so far is read on request alone.
 * @param {URL | null} url @param {() => Promise<unknown>} read reads the page once the browser agreed
 */
export const showShop = async (url, read) => {
  const found = url && shopAt(url);
  if (!found) return;
  const { shop, origins } = found;
  const section = by("shop");
  /** @param {...Node} parts */
  const show = (...parts) => {
    section.replaceChildren(...(shop.unverified ? [h("p", { className: "soft" }, say("popup_unverified", shop.name))] : []), ...parts);
    section.hidden = !section.firstChild;
  };
  show();
  const held = (await granted(shop)).includes(String(origins));
  if (shop.install || held || url.protocol !== "https:") return;
  const always = h("button", { type: "button" }, say("popup_always", shop.name));
  always.addEventListener("click", async () => {
    // Nothing may come before the question: the browser answers it only within the click.
    if (!(await chrome.permissions.request({ origins }))) return;
    show(h("p", { className: "soft" }, say("popup_always_done", shop.name)));
    await read();
  });
  show(h("p", { className: "soft" }, say("popup_optional", shop.name)), h("div", { className: "actions" }, always));
};
