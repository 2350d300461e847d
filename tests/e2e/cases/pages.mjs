//! Every shipped page, at its shop's own address: what is drawn is what is expected of it.

import assert from "node:assert/strict";
import { settled, shown } from "../lib/card.mjs";
import { shipped } from "../lib/shipped.mjs";
import { until } from "../lib/wait.mjs";

const warned = (level) => level === "likely" || level === "caution";

export const longest = { "each shipped page shows what is expected of it": 180_000 };

export const tests = {
  "each shipped page shows what is expected of it": async (bench) => {
    bench.allow(/Failed to load resource|ERR_/);
    // The pages' own scripts call what their shops' other files would define.
    bench.allowPage(/ReferenceError/);
    const wrong = [];
    const pages = shipped();
    const browser = await bench.everywhere();
    const tab = bench.keep(await browser.open("about:blank"));
    for (const { name, file, url, page, levels, obstacle } of pages) {
      await tab.goto(bench.shops.serve(url, { file, type: "text/html" }));
      const state = await settled(browser, tab);
      // Of a list what was read from the page's state alone has no tile to mark. Where a page's expectation names no level, the core's is taken.
      const listings = (state.report?.listings ?? []).slice(0, page === "product" ? 1 : undefined);
      const expected = listings.flatMap(({ region, assessment }, at) => (region === undefined && page !== "product" ? [] : [levels[at] ?? assessment.level])).filter(warned);
      const found = await until("the warnings", async () => {
        const drawn = (await shown(tab)).map(({ level }) => level);
        return drawn.length === expected.length && drawn;
      }).catch(() => shown(tab).then((all) => all.map(({ level }) => level)));
      if (state.report?.obstacle !== obstacle) wrong.push(`${name}: ${state.report?.obstacle ?? "nothing"} in the offer's place; expected ${obstacle ?? "nothing"}`);
      if (state.report?.page !== page || found.join() !== expected.join()) wrong.push(`${name}: ${state.report?.page ?? state.error?.code}, shows ${found.join() || "nothing"}; expected ${page}, ${expected.join() || "nothing"}`);
    }
    assert.deepEqual(wrong, []);
    bench.note(`${pages.length} pages`);
  },
};
