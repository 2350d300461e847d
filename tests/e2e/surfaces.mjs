//! Takes pictures of everything that a shopper sees, light and dark, for a person to look at. What can be checked by a machine is checked in `cases/`.
//!
//!     node tests/e2e/surfaces.mjs [--browser chrome|firefox] [--only TEXT]
//!
//! They go to target/demo/surfaces/BROWSER; `--only` takes the surfaces whose name contains the text.

import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { changed, edit } from "./lib/altered.mjs";
import { Bench, ROOT } from "./lib/bench.mjs";
import { BROWSERS } from "./lib/browser.mjs";
import { card, expand, press, says, settled, shown } from "./lib/card.mjs";
import { COPY, GENUINE, PLAIN, address, item, offer, results } from "./lib/ebay.mjs";
import { shipped } from "./lib/shipped.mjs";
import { pause } from "./lib/wait.mjs";

const { values: chosen } = parseArgs({ options: { browser: { type: "string" }, only: { type: "string", default: "" } } });
const CHEAP = { ...GENUINE, price: "US $36.00" };
const LONG = { ...COPY, title: `${COPY.title} ${"with strap, card, dust bag and receipt, ".repeat(4)}`, seller: "a-seller-with-a-name-of-considerable-length-1987" };
const SHOP = "https://www.ebay.com";
const RESULTS = [COPY, GENUINE, CHEAP, PLAIN, LONG, GENUINE];
const LOOKS = { light: {}, dark: { scheme: "dark" }, forced: { forced: true }, narrow: { width: 320 }, zoomed: { zoom: 2 } };
const REAL = ["amazon.com/product-skullcandy-crusher-anc2.html", "ebay.com/product-rtx-5090-fe.html", "aliexpress.com/search-camisa-para-hombre.html"];

for (const name of chosen.browser ? [chosen.browser] : Object.keys(BROWSERS)) {
  const bench = await Bench.open(name);
  const out = path.join(ROOT, "target", "demo", "surfaces", name);
  await mkdir(out, { recursive: true });
  const file = (surface, look) => path.join(out, `${surface}-${look}.png`);
  const wanted = (surface) => surface.includes(chosen.only);
  const browser = await bench.browser();
  try {
    /** One picture a look. */
    const pictures = async (surface, tab, looks, before = async () => {}) => {
      for (const look of looks) {
        await tab.look({ ...LOOKS[look] });
        await before(look);
        await pause(150);
        await tab.screenshot(file(surface, look), { full: true });
      }
      await tab.look({});
    };

    if (wanted("gallery")) {
      bench.shops.serveFolder("https://gallery.example", path.join(ROOT, "extension"));
      for (const query of ["locale=en", "locale=fr", "locale=zh_CN", "locale=en&dir=rtl"]) {
        const tab = await browser.open(`https://gallery.example/gallery/gallery.html?${query}`);
        await tab.until("the gallery", () => document.body.dataset.ready === "true");
        await pictures(`gallery-${query.replace(/\W+/g, "-")}`, tab, query === "locale=en" ? ["light", "forced", "narrow", "zoomed"] : ["light"]);
        await tab.close();
      }
    }

    /** A shop's page with its warning, closed and open. */
    const warned = async (surface, place, looks) => {
      if (!wanted(surface)) return;
      const tab = await browser.open(place);
      await settled(browser, tab);
      await pause(300);
      for (const look of looks) {
        await tab.look(LOOKS[look]);
        await tab.goto(place);
        await settled(browser, tab);
        await pause(300);
        await tab.screenshot(file(`${surface}-closed`, look));
        if ((await shown(tab)).length) await expand(tab).catch(async (error) => console.log(surface, look, error.message, await shown(tab)));
        await tab.screenshot(file(`${surface}-open`, look));
      }
      await tab.look({});
      await tab.close();
    };
    const every = Object.keys(LOOKS);
    const pageOf = (facts) => bench.shops.serve(address(item()), { body: typeof facts === "string" ? facts : offer(facts) });
    await warned("shop-likely", pageOf(COPY), every);
    await warned("shop-caution", pageOf(CHEAP), ["light"]);
    const night = (html) => html.replace("<style>", "<style>:root{color-scheme:dark}body{background:#15171c;color:#eee}");
    await warned("shop-dark-page", pageOf(night(offer(COPY))), ["dark"]);
    await warned("shop-rtl", pageOf(offer(COPY).replace('<html lang="en"', '<html lang="ar" dir="rtl"')), ["light", "narrow"]);
    const search = bench.shops.serve(`${SHOP}/sch/i.html?_nkw=surfaces`, { body: results(RESULTS) });
    await warned("shop-tiles", search, ["light", "narrow", "zoomed", "forced"]);
    const rtl = bench.shops.serve(`${SHOP}/sch/i.html?_nkw=rtl`, { body: results(RESULTS).replace('<html lang="en"', '<html lang="ar" dir="rtl"') });
    await warned("shop-tiles-rtl", rtl, ["light"]);
    for (const { name: page, file: body, url } of shipped().filter(({ installed, levels }) => installed && levels.some((level) => level === "likely" || level === "caution"))) {
      await warned(`demo-${page.replace("/", "-")}`, bench.shops.serve(url, { file: body, type: "text/html" }), ["light"]);
    }

    if (wanted("report")) {
      const tab = await browser.open(pageOf(COPY));
      await card(tab);
      await expand(tab);
      await press(tab, bench.say("action_report"));
      await says(tab, bench.say("report_stored"));
      await tab.screenshot(file("report-made", "light"));
      await tab.close();
    }

    const own = async (surface, page, looks = every) => {
      if (!wanted(surface)) return;
      const tab = await browser.extensionPage(page);
      await pause(300);
      await pictures(surface, tab, looks);
      await tab.close();
    };
    await own("welcome", "welcome/welcome.html");

    /** The popup as the toolbar button shows it. */
    const popup = async (surface, place, { looks = ["light"], read = true, during = browser } = {}) => {
      if (!wanted(surface)) return;
      const tab = await during.open(place);
      if (read) await settled(during, tab);
      const view = await during.popup(tab);
      await view.until("the popup's words", () => document.querySelector("#sentence")?.textContent.length > 8);
      await pause(400);
      for (const look of looks) {
        await view.look({ ...LOOKS[look], keep: true });
        await pause(150);
        await view.screenshot(file(surface, look), { full: true });
      }
      await view.look({ keep: true });
      await view.close().catch(() => {});
      await tab.close();
    };
    const both = { looks: ["light", "dark", "forced"] };
    await popup("popup-likely", pageOf(COPY), both);
    await popup("popup-likely-long", pageOf(LONG));
    await popup("popup-caution", pageOf(CHEAP), both);
    await popup("popup-none", pageOf(GENUINE), both);
    await popup("popup-unknown", pageOf(PLAIN), both);
    await popup("popup-search", search, both);
    await popup("popup-unreadable", pageOf("<!doctype html><title>Sorry</title><div id='mainContent'><p>Something went wrong</p></div>"), both);
    await popup("popup-other", bench.shops.serve(`${SHOP}/help/home`, { body: "<!doctype html><title>Help</title><p>Help" }));
    await popup("popup-unsupported", bench.shops.serve("https://www.some-shop.example/bag", { body: "<!doctype html><title>Bag</title><h1>Bag</h1>" }), { ...both, read: false });
    await popup("popup-no-page", "about:blank", { ...both, read: false });
    if (wanted("popup-no-access")) {
      // Both browsers run a page's content script when the button of an extension without access is pressed; a page that was open before has none.
      const unread = (folder) => edit(folder, "manifest.json", (text) => {
        const manifest = JSON.parse(text);
        return JSON.stringify({ ...manifest, content_scripts: manifest.content_scripts.filter(({ js }) => !js[0].endsWith("/ebay.js")) });
      });
      await changed(bench, unread, async (folder) => {
        const shut = await bench.fresh({ extension: folder });
        await shut.revokeHosts();
        await popup("popup-no-access", pageOf(COPY), { ...both, read: false, during: shut });
        await shut.close();
      });
    }
    if (wanted("popup-core")) {
      await changed(
        bench,
        (folder) => edit(folder, "background/core.js", (text) => text.replace("touchstone_bg.wasm", "missing.wasm")),
        async (folder) => {
          const broken = await bench.fresh({ extension: folder });
          await popup("popup-core", pageOf(COPY), { ...both, during: broken });
          await broken.close();
        },
      );
    }

    if (wanted("reports") || wanted("options")) {
      const fresh = await bench.fresh();
      const of = async (surface, page, looks = ["light", "dark", "narrow", "forced"]) => {
        if (!wanted(surface)) return;
        const tab = await fresh.extensionPage(page);
        await pause(400);
        await pictures(surface, tab, looks);
        await tab.close();
      };
      await of("options-empty", "options/options.html", ["light"]);
      await of("reports-empty", "reports/reports.html");
      for (const [count, facts] of [COPY, LONG, CHEAP, { ...COPY, seller: "x" }].entries()) {
        const tab = await fresh.open(pageOf(facts));
        await card(tab);
        await expand(tab);
        await press(tab, bench.say("action_report"));
        await says(tab, bench.say("report_stored"));
        if (count > 1) await press(tab, bench.say(count === 2 ? "action_dismiss" : "action_trust"));
        await tab.close();
        if (count === 0) await of("reports-one", "reports/reports.html", ["light"]);
      }
      await of("reports-several", "reports/reports.html");
      await of("options", "options/options.html");
      await popup("popup-reports", pageOf(PLAIN), { ...both, during: fresh });
    }

    const saved = path.join(ROOT, "..", "shared", "pages");
    if (wanted("real") && existsSync(saved)) {
      const rows = readFileSync(path.join(saved, "INDEX.tsv"), "utf8").split("\n").map((line) => line.split("\t"));
      await changed(bench, (folder) => edit(folder, "background/background.js", forced), async (folder) => {
        const alarmed = await bench.fresh({ extension: folder });
        const tab = await alarmed.open("about:blank");
        for (const page of REAL) {
          const row = rows.find(([one]) => one === page);
          await tab.goto(bench.shops.serve(row[1], { file: path.join(saved, page), type: `text/html; charset=${row[7]}`, headers: { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" } }));
          await settled(alarmed, tab);
          await pause(400);
          await tab.inside((root, at) => at || root.querySelector(".head").scrollIntoView({ block: "center", behavior: "instant" }));
          const surface = `real-${page.replace(/\W+/g, "-")}`;
          await tab.screenshot(file(`${surface}-closed`, "light"));
          await expand(tab).catch((error) => console.log(`${surface}: ${error.message}`));
          await tab.screenshot(file(`${surface}-open`, "light"));
        }
      });
    }
  } finally {
    await bench.close();
  }
  console.log(out);
}
process.exit(0);

/** Every offer of a page is warned of, the first strongly. @param {string} text of background.js */
function forced(text) {
  return text.replace(
    /(const report = await withCore\(\(core\) => core\.inspect\([^;]*;)/,
    `$1
    for (const [at, one] of report.listings.entries()) {
      one.assessment.level = at % 2 ? "caution" : "likely";
      one.assessment.signals = [{ code: "seller-admits", weight: 4, evidence: "words of the page" }];
    }`,
  );
}
