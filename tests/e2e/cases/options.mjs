//! The options page: how readily warnings are wanted, and brands on which none is.

import assert from "node:assert/strict";
import { bare, card, settled, shown } from "../lib/card.mjs";
import { address, item, offer } from "../lib/ebay.mjs";

/** New shoes at some 60 % of the lowest usual price: on the edge of a warning. */
const EDGE = { title: "Nike Dunk Low Retro men's shoes", seller: "shoe-corner-5", brand: "Nike" };

/** The offer at a price, judged. */
async function judged(bench, price) {
  const tab = await bench.open(bench.shops.serve(address(item()), { body: offer({ ...EDGE, price }) }));
  const { report } = await settled(await bench.browser(), tab);
  return { tab, ...report.listings[0] };
}

const options = async (bench, browser) => bench.keep(await browser.extensionPage("options/options.html"));

/** What is stored under a key. */
const stored = (page, key) => page.evaluate(async (name) => (await chrome.storage.local.get(name))[name], key);

export const tests = {
  "each sensitivity is shown with its measured cost, and the chosen one decides": async (bench) => {
    const browser = await bench.emptied();
    const page = await options(bench, browser);
    await page.until("the choices", () => document.querySelectorAll("#sensitivity input").length === 3);
    const shownAt = await page.evaluate(() => [...document.querySelectorAll("#sensitivity label")].map((one) => one.innerText));
    for (const words of shownAt) assert.match(words, /\d.*%.*\d.*%/, words);
    assert.equal(new Set(shownAt).size, 3);
    assert.equal(await page.evaluate(() => document.querySelector("#sensitivity input:checked").value), "usual");

    const order = ["unknown", "none", "caution", "likely"];
    /** The levels of a row of prices under a choice. */
    const levels = async (choice) => {
      await page.click(`#sensitivity input[value="${choice}"]`);
      await page.until("the choice to be stored", async (wanted) => (await chrome.storage.local.get("settings")).settings?.sensitivity === wanted, choice);
      const found = [];
      for (const price of ["US $75.00", "US $30.00", "US $12.00"]) found.push(order.indexOf((await judged(bench, price)).assessment.level));
      return found;
    };
    const [fewer, more] = [await levels("fewer"), await levels("more")];
    assert.ok(fewer.every((level, at) => level <= more[at]) && fewer.some((level, at) => level < more[at]), `${fewer} against ${more}`);
    assert.deepEqual(await stored(page, "settings"), { version: 1, country: "", language: "", sensitivity: "more" });
  },

  "settings stored by an earlier version are kept": async (bench) => {
    const browser = await bench.emptied();
    const page = await options(bench, browser);
    await page.evaluate(() => chrome.storage.local.set({ settings: { version: 1, country: "FR", language: "fr" } }));
    await page.goto(`${browser.base}/options/options.html`);
    await page.until("the stored country", () => document.querySelector("#country").value === "FR");
    await page.click('#sensitivity input[value="fewer"]');
    await page.until("the choice to be stored", async () => (await chrome.storage.local.get("settings")).settings.sensitivity === "fewer");
    assert.deepEqual(await stored(page, "settings"), { version: 1, country: "FR", language: "fr", sensitivity: "fewer" });
  },

  "no warning is shown on goods of a brand that is ignored, until it is taken back": async (bench) => {
    const browser = await bench.emptied();
    const page = await options(bench, browser);
    await page.until("the brands", () => document.querySelectorAll("#brand option").length > 100);
    await page.evaluate(() => {
      const select = document.querySelector("#brand");
      select.value = "nike";
      select.dispatchEvent(new Event("change"));
    });
    await page.until("the brand in the list", () => document.querySelector("#ignored button"));
    const quiet = await judged(bench, "US $12.00");
    assert.equal(quiet.silenced, "ignored");
    assert.equal(quiet.assessment.level, "likely", "the judgement stays");
    assert.deepEqual(await shown(quiet.tab), []);
    await bare(quiet.tab);

    await page.click("#ignored button");
    await page.until("the list without the brand", () => !document.querySelector("#ignored button"));
    await card((await judged(bench, "US $12.00")).tab, "likely");
  },
};
