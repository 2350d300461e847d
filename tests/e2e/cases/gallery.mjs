//! The card and the mark in every state, checked by axe where their root is open, and the extension's own pages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ROOT } from "../lib/bench.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, in short. @param {{within?: string, known?: string[]}} [options] a part of the page, and rules that the same look has passed before */
async function faults(tab, { within = "html", known = [] } = {}) {
  return tab.evaluate(
    async (source, part, off) => {
      globalThis.module = undefined;
      (0, eval)(source);
      const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
      const { violations } = await globalThis.axe.run(part, { resultTypes: ["violations"], rules });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.flat().join(" ")).join(" | ")}`);
    },
    AXE,
    within,
    known,
  );
}

async function gallery(bench, query) {
  bench.shops.serveFolder("https://gallery.example", path.join(ROOT, "extension"));
  const tab = await bench.open(`https://gallery.example/gallery/gallery.html${query}`);
  await tab.until("the gallery", () => document.body.dataset.ready === "true");
  return tab;
}

export const longest = { "axe finds no fault in the gallery": 120_000 };

export const tests = {
  "axe finds no fault in the gallery": async (bench) => {
    assert.deepEqual(await faults(await gallery(bench, "?locale=en")), []);
    // Colours are the same in every language and direction, and to reckon them takes most of the time.
    for (const query of ["?locale=fr", "?locale=zh_CN", "?locale=en&dir=rtl"]) {
      assert.deepEqual(await faults(await gallery(bench, query), { known: ["color-contrast"] }), [], query);
    }
    // The open mark comes last, after what was looked at already.
    for (const query of ["?locale=en&mark=open", "?locale=en&mark=open&theme=dark"]) {
      assert.deepEqual(await faults(await gallery(bench, query), { within: "section:last-of-type" }), [], query);
    }
  },

  "card and mark fit a narrow window and a magnified page": async (bench) => {
    for (const look of [{ width: 320 }, { zoom: 2 }]) {
      const tab = await gallery(bench, "?locale=fr");
      await tab.look(look);
      const outside = await tab.until("the gallery at this size", (most) => {
        if (innerWidth > most + 1) return null;
        const roots = [...document.querySelectorAll("section > div")].map((one) => one.shadowRoot);
        return { found: roots.flatMap((root) => [...root.querySelectorAll(".t *")].filter((one) => !one.closest(".sr") && one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 80))) };
      }, look.width ?? 640);
      assert.deepEqual(outside.found, [], JSON.stringify(look));
      await tab.look({});
    }
  },

  "axe finds a fault that was put there": async (bench) => {
    const found = await faults(await gallery(bench, "?locale=en&seed=1"));
    assert.ok(found.some((one) => one.startsWith("image-alt")), `found: ${found.join() || "nothing"}`);
  },

  "axe finds no fault in the extension's own pages": async (bench) => {
    const browser = await bench.browser();
    if (bench.name === "firefox") bench.skip("the pages' own policy forbids eval, and Firefox runs a test's script under it; Chromium checks the same files");
    for (const file of ["options/options.html", "reports/reports.html", "welcome/welcome.html", "popup/popup.html"]) {
      const tab = bench.keep(await browser.extensionPage(file));
      await tab.page.setBypassCSP(true);
      await tab.goto(`${browser.base}/${file}`);
      await tab.until("the page's words", () => document.body.innerText.trim().length > 20);
      await tab.evaluate(AXE);
      for (const [name, look] of Object.entries({ light: {}, dark: { scheme: "dark" }, narrow: { width: 320 }, forced: { forced: true } })) {
        await tab.look(look);
        const violations = await tab.evaluate(async () => (await globalThis.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
        assert.deepEqual(violations, [], `${file}, ${name}`);
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0 || (name === "narrow" && file.startsWith("popup/")), `${file}, ${name}: ${wide} px beyond the window`);
      }
    }
  },
};
