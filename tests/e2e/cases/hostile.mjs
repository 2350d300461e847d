//! Pages that are too much: what comes of them is a right answer or a plain "could not be read", soon, and the page stays as it was.

import assert from "node:assert/strict";
import { card, settled, shown } from "../lib/card.mjs";
import { COPY, GENUINE, address, item, offer } from "../lib/ebay.mjs";
import { countReadings } from "../lib/readings.mjs";
import { pause } from "../lib/wait.mjs";
import { listed } from "./warning.mjs";

/** Milliseconds in which a page is cut, however much of it there is. A test's browser shares its machine with another. */
const CUT = 1_000;

/** Opens a page and gives what was read of it, once it is there. */
async function read(bench, body, place = address(item())) {
  const tab = await bench.open("about:blank");
  const browser = await bench.browser();
  await tab.goto(bench.shops.serve(place, { body }));
  const answer = await settled(browser, tab);
  bench.note(`cut in ${answer.snapshotInfo.milliseconds.toFixed(0)} ms`);
  assert.ok(answer.snapshotInfo.milliseconds < CUT, `cut in ${answer.snapshotInfo.milliseconds} ms`);
  return { tab, browser, ...answer };
}

export const alone = ["two hundred thousand elements and ten megabytes of text are cut soon"];

export const tests = {
  "two hundred thousand elements and ten megabytes of text are cut soon": async (bench) => {
    const more = `<div id="many" hidden></div><script>
      { const many = document.querySelector("#many");
        many.innerHTML = "<p>US $1.00 <b>replica</b></p>".repeat(100_000);
        many.append("text without end ".repeat(650_000)); }
    </script>`;
    const { tab, report } = await read(bench, offer(COPY).replace("<footer>", `${more}<footer>`));
    assert.equal(report.listings[0].title, COPY.title);
    assert.equal(report.listings[0].assessment.level, "likely");
    await card(tab, "likely");
    assert.equal(await tab.evaluate(() => document.querySelectorAll("#many *").length), 200_000);
  },

  "ten thousand pieces of structured data, some of them traps, change nothing": async (bench) => {
    const traps = [
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"@type":"Product","name":"Trap"}',
      '{"@type":"Product","name":"Trap","offers":{"@type":"Offer","price":1e308,"priceCurrency":"USD"}}',
      '{"@type":"Product","name":"Trap","offers":{"@type":"Offer","price":"-1","priceCurrency":"\\u202eDSU"}}',
      `${"[".repeat(5_000)}`,
      `{"@graph":[{"@id":"a","b":{"@id":"a"}}]}`,
      "</script><script>window.pwned = true</script>",
    ];
    const script = (text) => `<script type="application/ld+json">${text}</script>`;
    const head = Array.from({ length: 10_000 }, (_, at) => script(traps[at % traps.length])).join("");
    const { tab, report } = await read(bench, offer({ ...COPY, head }));
    const [listing] = report.listings;
    assert.deepEqual([listing.title, listing.price.min, listing.price.currency], [COPY.title, "39.99", "USD"]);
    assert.equal(listing.assessment.level, "likely");
    await card(tab, "likely");
    assert.equal(await bench.browser().then((browser) => browser.background(() => ({}).polluted === undefined)), true);
  },

  "letters that turn, hide or hold a text are neither shown nor believed": async (bench) => {
    const turned = "\u202e\u2066Mich\u200bael Ko\u00adrs\u2069 Jet Set tote 1:1 re\u200dplica AAA quality\u202c";
    const { tab, report } = await read(bench, offer({ ...COPY, title: turned, seller: "bags\u202e77-teltuo" }));
    const [listing] = report.listings;
    assert.equal(listing.assessment.brand, "michael-kors");
    assert.equal(listing.assessment.level, "likely");
    const { words } = await card(tab, "likely");
    assert.doesNotMatch(words, /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad]/u);
  },

  "prices that are no prices are none": async (bench) => {
    for (const price of ["US $1e308", `US $${"9".repeat(400)}`, "US $NaN", "US $-5.00", "US $0.00"]) {
      const { report } = await read(bench, offer({ ...GENUINE, price }));
      const [listing] = report.listings;
      assert.equal(listing.title, GENUINE.title);
      assert.notEqual(listing.assessment.level, "likely", price);
      assert.ok(!listing.price || Number(listing.price.min) < 1e12, `${price}: ${JSON.stringify(listing.price)}`);
    }
  },

  "a frame does not speak for the page around it": async (bench) => {
    const inner = listed(bench, COPY);
    const { tab, report } = await read(bench, offer({ ...GENUINE, body: `<iframe src="${inner}" width="900" height="400"></iframe>` }));
    assert.equal(report.listings[0].title, GENUINE.title);
    assert.equal(report.listings[0].assessment.level, "none");
    await pause(500);
    assert.deepEqual(await shown(tab), []);
  },

  "a page that is written anew sixty times a second is answered now and then": async (bench) => {
    const body = `<script>
      const box = document.querySelector("#mainContent"); const whole = box.innerHTML; let n = 0;
      setInterval(() => { box.innerHTML = whole.replace("<h1", "<h1 data-n='" + n++ + "'"); }, 16);
    </script>`;
    const tab = await bench.open("about:blank");
    const browser = await bench.browser();
    const readings = await countReadings(browser);
    await tab.goto(listed(bench, { ...COPY, body }));
    await pause(4_000);
    const made = await readings();
    bench.note(`${made} readings in 4 s`);
    assert.ok(made <= 20, `${made} readings in four seconds`);
    // The page's own work goes on.
    const before = await tab.evaluate(() => document.querySelector("h1").dataset.n);
    await pause(300);
    assert.notEqual(await tab.evaluate(() => document.querySelector("h1").dataset.n), before);
  },
};
