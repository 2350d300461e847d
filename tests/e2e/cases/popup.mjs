//! The toolbar button: the page's state in words, never a silent green.

import assert from "node:assert/strict";
import { settled, shown } from "../lib/card.mjs";
import { COPY, GENUINE, PLAIN, address, item, offer, results } from "../lib/ebay.mjs";
import { pause, until } from "../lib/wait.mjs";
import { listed } from "./warning.mjs";

/** What the popup says at last. */
async function told(popup, words) {
  const parts = words.split("*").map((part) => part.trim()).filter(Boolean);
  let text = "";
  await until(`the popup to say “${words}”`, async () => {
    text = await popup.evaluate(() => document.body.innerText);
    assert.ok(parts.every((part) => text.includes(part)), `it says: ${text.replace(/\s*\n\s*/g, " / ")}`);
    return true;
  });
  return text;
}

/** Presses a button of the popup. */
function pressed(popup, words) {
  return popup.evaluate((label) => [...document.querySelectorAll("button")].find((one) => one.innerText.includes(label)).click(), words);
}

async function popupOn(bench, body, words, { place = address(item()), read = true } = {}) {
  const browser = await bench.browser();
  const tab = await bench.open(bench.shops.serve(place, { body }));
  if (read) await settled(browser, tab);
  const popup = bench.keep(await browser.popup(tab));
  return { browser, tab, popup, text: await told(popup, words) };
}

export const tests = {
  "the popup tells of a suspicious offer and what was read": async (bench) => {
    const { text } = await popupOn(bench, offer(COPY), bench.say("popup_offer_likely"));
    for (const fact of [COPY.title, COPY.seller, "$39.99"]) assert.ok(text.includes(fact), `${fact} in ${text}`);
    assert.ok(!text.includes(bench.say("popup_hurt")), text);
  },

  "the popup says of when the prices are with which it compares, and of goods that can hurt that they are not to be used yet": async (bench) => {
    const { text } = await popupOn(bench, offer({ ...COPY, title: "Durex condoms 12 pack 1:1 replica", brand: "Durex" }), bench.say("popup_hurt"));
    assert.match(text, /compared with prices .*20\d\d/);
  },

  "the popup calls no offer safe": async (bench) => {
    const { text } = await popupOn(bench, offer(GENUINE), bench.say("popup_offer_none"));
    assert.ok(text.includes(bench.say("popup_none_detail")), text);
    assert.doesNotMatch(text, /\bsafe\b|authentic(?!ity)/i);
  },

  "the popup tells of goods of no known brand": async (bench) => {
    const { text } = await popupOn(bench, offer(PLAIN), bench.say("popup_unknown"));
    assert.ok(text.includes(bench.say("popup_unknown_detail")), text);
    assert.ok(text.includes(PLAIN.title), text);
  },

  "the popup counts what was found among results": async (bench) => {
    await popupOn(bench, results([COPY, GENUINE, PLAIN]), bench.say("popup_search_some"), { place: "https://www.ebay.com/sch/i.html?_nkw=popup" });
  },

  "the popup tells of a page that should hold an offer and does not": async (bench) => {
    const { text } = await popupOn(bench, `<!doctype html><title>Sorry</title><div id="mainContent"><p>Something went wrong</p></div>`, bench.say("popup_unreadable"));
    assert.ok(text.includes(bench.say("popup_unreadable_detail")), text);
  },

  "the popup tells of a page without an offer": async (bench) => {
    await popupOn(bench, `<!doctype html><title>Help</title><p>How to return goods</p>`, bench.say("popup_other"), { place: "https://www.ebay.com/help/home" });
  },

  "the toolbar button reads another shop's own product data": async (bench) => {
    const data = { "@context": "https://schema.org", "@type": "Product", name: "Michael Kors tote, 1:1 replica, AAA quality", brand: { "@type": "Brand", name: "Michael Kors" }, offers: { "@type": "Offer", price: "35.00", priceCurrency: "USD", availability: "https://schema.org/InStock" } };
    const page = `<!doctype html><html lang="en"><title>Bag</title><script type="application/ld+json">${JSON.stringify(data)}</script><h1>${data.name}</h1><p class="price">$35.00</p></html>`;
    const { popup, tab } = await popupOn(bench, page, bench.say("popup_unsupported"), { place: "https://www.some-shop.example/bag", read: false });
    assert.deepEqual(await shown(tab), [], "nothing is read unasked");
    await pressed(popup, bench.say("popup_read_page"));
    const text = await told(popup, bench.say("popup_offer_likely"));
    assert.ok(text.includes(data.name) && text.includes("$35.00"), text);
    assert.ok((await shown(tab)).some(({ level }) => level === "likely"), "the warning is drawn in the page too");
  },

  "where access was taken away, nothing is read until the toolbar button is pressed": async (bench) => {
    const browser = await bench.fresh();
    const place = bench.shops.serve(address(item()), { body: offer(COPY) });
    await browser.revokeHosts();
    const tab = await browser.open(place);
    await pause(1_000);
    assert.deepEqual(await shown(tab), []);
    // Both browsers grant the page to whoever's button is pressed on it, and run the content script then. Firefox opens the popup as well;
    // Chromium spends the first click on the grant, and the popup opens with the next.
    if (bench.name === "chrome") {
      await browser.pressButton(tab);
      await until("the warning after the click", async () => (await shown(tab)).length === 1);
    }
    await told(await browser.popup(tab), bench.say("popup_offer_likely"));
    assert.equal((await shown(tab)).length, 1);
    const other = await browser.open(bench.shops.serve(address(item()), { body: offer(COPY) }));
    await pause(1_000);
    assert.deepEqual(await shown(other), [], "another page is not read for that");
  },

  "the popup tells of a page that is no web page": async (bench) => {
    const browser = await bench.browser();
    const tab = await bench.open("about:blank");
    const popup = bench.keep(await browser.popup(tab));
    const text = await told(popup, bench.say("popup_no_page"));
    assert.ok(!text.includes(bench.say("popup_read_page")), text);
  },
};
