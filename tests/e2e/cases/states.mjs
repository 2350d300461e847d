//! Pages on which there is no offer to judge, or one that cannot be bought: the page's state and the popup say which.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { bare, card, settled, shown } from "../lib/card.mjs";
import { COPY, address, item, offer } from "../lib/ebay.mjs";
import { shipped } from "../lib/shipped.mjs";
import { until } from "../lib/wait.mjs";

const pages = Object.fromEntries(shipped().map((page) => [page.name, page]));

/** The popup's words on a page, and what the page's script told it. */
async function told(bench, url, body) {
  const browser = await bench.everywhere();
  const tab = await browser.open(bench.shops.serve(url, { body }));
  const { report } = await settled(browser, tab);
  const popup = await browser.popup(tab);
  const text = await popup.until("the popup's words", (reading) => {
    const text = document.body.innerText;
    return !text.includes(reading) && text;
  }, bench.say("popup_reading"));
  const signed = await popup.evaluate(() => document.querySelector("#drift").hidden);
  await popup.close().catch(() => {});
  assert.deepEqual(await shown(tab), []);
  assert.equal(signed, true, "nothing is to be mended where the shop shows something else");
  await tab.close();
  return { report, text };
}

const file = (name) => readFileSync(pages[name].file, "utf8");
const OBSTACLES = [
  ["amazon/product-robot-check", "robot-check", "popup_robot_check"],
  ["ebay/product-robot-check", "robot-check", "popup_robot_check"],
  ["aliexpress/product-slider-check", "robot-check", "popup_robot_check"],
  ["taobao/product-login-wall", "login-wall", "popup_login_wall"],
];

/** Searches that find nothing, in the shops' own layouts. */
const EMPTY = [
  ["https://shopee.sg/search?keyword=zzzz", '<div class="shopee-search-empty-result-section"><div>No results found</div></div>'],
  ["https://lista.mercadolivre.com.br/zzzz", '<div class="ui-search-rescue"><h3>Não há anúncios</h3></div>'],
];

export const tests = {
  "a robot check and a login wall are told as such": async (bench) => {
    for (const [name, obstacle, words] of OBSTACLES) {
      const { report, text } = await told(bench, pages[name].url, file(name));
      assert.deepEqual([report.page, report.obstacle, report.listings], ["unreadable", obstacle, []], name);
      for (const key of [words, `${words}_detail`]) assert.ok(text.includes(bench.say(key)), `${name}: ${text}`);
    }
  },

  "a search without results is told as such": async (bench) => {
    for (const [url, inside] of EMPTY) {
      const { report, text } = await told(bench, url, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Search</title></head><body><main>${inside}</main></body></html>`);
      assert.deepEqual([report.page, report.obstacle, report.listings], ["search", "no-results", []], url);
      assert.ok(text.includes(bench.say("popup_no_results")), text);
    }
  },

  "an offer that is sold or cannot be bought is told as such": async (bench) => {
    const soldOut = file("walmart/product-marketplace-bag").replace("IN_STOCK", "OUT_OF_STOCK").replaceAll("Michael Kors", "Marla Kess");
    for (const [name, body, availability, words] of [
      ["mercari-jp/product-sold-game", file("mercari-jp/product-sold-game"), "sold", "availability_sold"],
      ["walmart/product-marketplace-bag", soldOut, "unavailable", "availability_unavailable"],
    ]) {
      const { report, text } = await told(bench, pages[name].url, body);
      assert.equal(report.listings[0].availability, availability, name);
      assert.ok(text.includes(bench.say(words)), `${name}: ${text}`);
    }
  },

  "the offer that comes where a robot check stood is judged, and a check that comes takes its card away": async (bench) => {
    const browser = await bench.browser();
    const check = '<form id="captcha_form"><p>Are you a person?</p></form>';
    const html = offer(COPY);
    const inside = html.slice(html.indexOf("<body>") + 6, html.indexOf("</body>"));
    const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pardon</title></head><body>${check}</body></html>`;
    const tab = await bench.open(bench.shops.serve(address(item()), { body }));
    assert.equal((await settled(browser, tab)).report.obstacle, "robot-check");
    await tab.evaluate((offered) => (document.body.innerHTML = offered), inside);
    await card(tab, "likely");
    assert.equal((await settled(browser, tab)).report.obstacle ?? null, null);
    await tab.evaluate((stood) => (document.body.innerHTML = stood), check);
    await bare(tab);
    await until("the check to be told", async () => (await settled(browser, tab)).report.obstacle === "robot-check");
  },
};
