//! What a shopper sees on an offer and on results, and what can be done with it.

import assert from "node:assert/strict";
import { bare, card, expand, marks, press, says, settled, shown } from "../lib/card.mjs";
import { COPY, GENUINE, PLAIN, address, item, offer, results } from "../lib/ebay.mjs";
import { until } from "../lib/wait.mjs";

/** Serves an offer under a fresh item number and gives its address. */
export function listed(bench, facts, number = item()) {
  return bench.shops.serve(address(number), { body: offer(facts) });
}

export const tests = {
  "a listing that says it is a copy is warned of": async (bench) => {
    const tab = await bench.open(listed(bench, COPY));
    const found = await card(tab);
    assert.equal(found.level, "likely");
    assert.ok(found.head.includes(bench.say("level_likely")), found.head);
    assert.equal(found.open, false);
    assert.doesNotMatch(found.words, /is (a )?(fake|counterfeit)/i);
  },

  "an ordinary listing of a known brand has no warning": async (bench) => {
    const tab = await bench.open(listed(bench, GENUINE));
    const { report } = await settled(await bench.browser(), tab);
    assert.equal(report.listings[0].title, GENUINE.title);
    assert.equal(report.listings[0].assessment.level, "none", JSON.stringify(report.listings[0].assessment));
    assert.deepEqual(await shown(tab), []);
  },

  "a listing of no known brand has no warning": async (bench) => {
    const tab = await bench.open(listed(bench, PLAIN));
    const { report } = await settled(await bench.browser(), tab);
    assert.equal(report.listings[0].assessment.level, "unknown", JSON.stringify(report.listings[0].assessment));
    assert.deepEqual(await shown(tab), []);
  },

  "a price alone warns on an offer's page, and never strongly on a tile": async (bench) => {
    const cheap = { ...GENUINE, price: "US $12.99" };
    const tab = await bench.open(listed(bench, cheap));
    await card(tab);
    await tab.goto(bench.shops.serve("https://www.ebay.com/sch/i.html?_nkw=cheap", { body: results([cheap, GENUINE]) }));
    assert.deepEqual((await marks(tab, 1)).map(({ level }) => level), ["caution"]);
  },

  "of many results the suspicious ones are marked": async (bench) => {
    const offers = [GENUINE, COPY, PLAIN, { ...COPY, title: "Louis Vuitton Neverfull mirror quality replica 1:1 bag" }, GENUINE, PLAIN].map((one) => ({ ...one, item: item() }));
    const tab = await bench.open(bench.shops.serve("https://www.ebay.com/sch/i.html?_nkw=bags", { body: results(offers) }));
    await marks(tab, 2);
    const places = await tab.inside((root) => root.host.closest("li")?.dataset.listingid);
    assert.deepEqual(places, [offers[1].item, offers[3].item]);
    const opened = await expand(tab, 1);
    assert.match(opened.words, /mirror quality|replica/i);
    const inView = await tab.inside((root) => {
      const { left, right, top, bottom } = root.querySelector(".panel").getBoundingClientRect();
      return !right || (left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight);
    });
    assert.deepEqual(inView, [true, true], "the panel lies within the window");
    await tab.key("Escape");
    await until("the closed mark", async () => (await shown(tab)).every(({ open }) => !open));
  },

  "the card opens to evidence in the page's words, a harmless explanation and what clears it": async (bench) => {
    const tab = await bench.open(listed(bench, COPY));
    await card(tab);
    const { words } = await expand(tab);
    for (const key of ["signal_seller_admits_title", "signal_seller_admits_innocent", "signal_seller_admits_clears", "card_innocent", "card_clears", "card_note"]) {
      assert.ok(words.includes(bench.say(key)), `${key} is missing in: ${words}`);
    }
    const quotes = await tab.inside((root) => [...root.querySelectorAll("blockquote")].map((one) => one.innerText.trim()));
    assert.ok(quotes.flat().length > 0, "evidence is quoted");
    const page = `${COPY.title} ${COPY.price}`;
    const plain = (quote) => quote.replace(/^…|…$/g, "").trim();
    for (const quote of quotes.flat()) assert.ok(page.includes(plain(quote)), `“${quote}” are not the page's words`);
  },

  "the keyboard alone opens, reads and closes the card": async (bench) => {
    const tab = await bench.open(listed(bench, COPY));
    await card(tab);
    const focused = async () => (await tab.inside((root) => root.activeElement?.className + "|" + root.activeElement?.innerText))[0] ?? "";
    await until("the card's head to have the focus", async () => {
      await tab.key("Tab");
      return (await focused()).startsWith("head");
    });
    const ring = await tab.inside((root) => getComputedStyle(root.activeElement).outlineStyle + getComputedStyle(root.activeElement).boxShadow);
    assert.doesNotMatch(ring[0], /^nonenone$/, "the focus is seen");
    await tab.key("Enter");
    await until("the opened card", async () => (await shown(tab))[0].open);
    const reached = [];
    for (let step = 0; step < 8; step++) {
      await tab.key("Tab");
      const name = await focused();
      if (name.startsWith("undefined")) break;
      reached.push(name.split("|")[1]);
    }
    for (const key of ["action_report", "action_dismiss", "action_wrong"]) assert.ok(reached.includes(bench.say(key)), `${key} is not reached: ${reached}`);
    await tab.evaluate(() => document.activeElement.blur());
    await tab.clickInside(".panel p");
    await tab.key("Escape").catch(() => {});
    await expandOrStay(tab);
    await tab.key("Escape");
    await until("the closed card", async () => !(await shown(tab))[0].open);
  },

  "a warning on goods that can hurt says not to use them yet": async (bench) => {
    for (const [facts, key] of [[{ title: "Durex condoms 12 pack 1:1 replica", brand: "Durex" }, "card_hurt"], [{}, "card_note"]]) {
      const tab = await bench.open(listed(bench, { ...COPY, ...facts }));
      await card(tab, "likely");
      assert.ok((await expand(tab)).words.includes(bench.say(key)), key);
    }
  },

  "a dismissed listing stays quiet, others do not": async (bench) => {
    const place = listed(bench, COPY);
    const tab = await bench.open(place);
    await card(tab);
    await expand(tab);
    await press(tab, bench.say("action_dismiss"));
    await bare(tab);
    await tab.goto(place);
    const { report } = await settled(await bench.browser(), tab);
    assert.equal(report.listings[0].silenced, "dismissed");
    assert.deepEqual(await shown(tab), []);
    await tab.goto(listed(bench, COPY));
    await card(tab, "likely");
  },

  "a trusted seller is known by id, not by name": async (bench) => {
    const seller = { seller: "Good Leather", sellerId: `good-leather-${Date.now()}` };
    const tab = await bench.open(listed(bench, { ...COPY, ...seller }));
    await card(tab);
    await expand(tab);
    await press(tab, bench.say("action_trust"));
    await bare(tab);
    await tab.goto(listed(bench, { ...COPY, ...seller, seller: "Another name" }));
    const { report } = await settled(await bench.browser(), tab);
    assert.equal(report.listings[0].silenced, "trusted");
    assert.deepEqual(await shown(tab), []);
    await tab.goto(listed(bench, { ...COPY, ...seller, sellerId: "someone-else" }));
    await card(tab, "likely");
  },

  "a wrong warning gives a case without personal data": async (bench) => {
    const browser = await bench.browser();
    const tab = await bench.open(bench.shops.serve(address(item(), "?session=secret123"), { body: offer({ ...COPY, seller: "Jane Q. Sellerperson", sellerId: "janeq1" }) }));
    await card(tab);
    await expand(tab);
    await browser.copy("nothing yet");
    await press(tab, bench.say("action_wrong"));
    await says(tab, bench.say("wrong_copied"));
    const text = await browser.clipboard();
    assert.match(text, /Michael Kors/);
    assert.doesNotMatch(text, /Sellerperson|janeq1|secret123/);
  },
};

async function expandOrStay(tab) {
  if (!(await shown(tab))[0].open) await expand(tab);
}
