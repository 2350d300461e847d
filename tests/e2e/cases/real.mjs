//! Saved real pages, where they are present beside the repository: read as the command line reads them, left as they are, and warned of where a
//! copy's words stand in them. Nothing of them is in the repository.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../lib/bench.mjs";
import { card, settled, shown } from "../lib/card.mjs";
import { COPY, GENUINE } from "../lib/ebay.mjs";
import { layoutOf, shiftBetween } from "../lib/shift.mjs";
import { until } from "../lib/wait.mjs";
import { changed, edit } from "../lib/altered.mjs";

export const real = true;
const PAGES = path.join(ROOT, "..", "shared", "pages");
/** No script of the saved page runs, and nothing is fetched that was not saved with it. Everything else is as it was served. */
const QUIET = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" };
/** Ten pages of supported shops on which nothing is wrong. */
const TEN = [
  "amazon.com/product-gorilla-tape.html",
  "amazon.com/product-sainsmart-relay.html",
  "amazon.com/product-skullcandy-crusher-anc2.html",
  "amazon.com.br/product-ryzen-9600x.html",
  "amazon.co.jp/product-shoeido-incense.html",
  "amazon.com/search-laptop.html",
  "amazon.in/search-iphone-15.html",
  "ebay.com/product-rtx-5090-fe.html",
  "ebay.com/search-nintendo-switch.html",
  "aliexpress.com/search-camisa-para-hombre.html",
];
const PRODUCTS = TEN.filter((file) => file.includes("/product-"));

/** Over many pages: minutes each. */
export const slow = [
  "pages of an unknown shop are read alike by extension and command line",
  "a card at any level hardly moves a real page",
  "extension and command line read the same facts from every page",
];

export const alone = ["a snapshot costs a real page a quarter of its own serialising at most"];

export const notMet = {
  "a snapshot costs a real page a quarter of its own serialising at most": {
    firefox: "a content script's calls into a page cost several times Chromium's there, serialising is one call; 0.8 to 1.1",
  },
};

export const longest = {
  "pages of an unknown shop are read alike by extension and command line": 400_000,
  "real pages are left as they are and raise no alarm": 180_000,
  "a card at any level hardly moves a real page": 240_000,
  "a snapshot costs a real page a quarter of its own serialising at most": 120_000,
  "a copy's words in a real page give a warning, a genuine offer's none": 180_000,
  "extension and command line read the same facts from every page": 420_000,
};

function index(bench) {
  const file = path.join(PAGES, "INDEX.tsv");
  if (!existsSync(file)) bench.skip("the saved real pages are not present");
  const [head, ...rows] = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => line.split("\t"));
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])));
}

const pageOf = (rows, file) => {
  const row = rows.find((one) => one.file === file);
  assert.ok(row, `${file} is not in the index`);
  return { ...row, path: path.join(PAGES, file), url: new URL(row.url.replace(/^http:/, "https:")).href };
};

/** Puts the page at its own address, or at another, in the encoding that its shop names. */
const serve = (bench, page, url = page.url) => bench.shops.serve(url, { file: page.path, type: `text/html; charset=${page.encoding}`, headers: QUIET });

/** The saved page's own attempts to run and to fetch, which its policy refuses. */
function calm(bench) {
  bench.allowPage(/Content.Security.Policy/i);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

export const tests = {
  "real pages are left as they are and raise no alarm": async (bench) => {
    const rows = index(bench);
    calm(bench);
    const browser = await bench.browser();
    const tab = await bench.open("about:blank");
    for (const file of TEN) {
      const page = pageOf(rows, file);
      await tab.goto(serve(bench, page, "https://untouched.example/"));
      const untouched = await tab.evaluate(() => document.documentElement.outerHTML);
      await tab.goto(serve(bench, page));
      const state = await settled(browser, tab);
      assert.equal(state.state, "read", `${file}: ${JSON.stringify(state.error)}`);
      const alarmed = state.report.listings.filter(({ assessment }) => /likely|caution/.test(assessment.level));
      assert.deepEqual(alarmed.map(({ title, assessment }) => [title, assessment.level, assessment.signals.map(({ code }) => code)]), [], file);
      const touched = await tab.evaluate(() => document.documentElement.outerHTML);
      assert.ok(touched === untouched, `${file}: the page's own elements were changed`);
    }
    bench.note(`${TEN.length} pages`);
  },

  "a card at any level hardly moves a real page": async (bench) => {
    const rows = index(bench);
    calm(bench);
    // Firefox notes a question that a page asked and was left before its answer; here pages are left as soon as they were measured.
    bench.allow(/context (is inactive|unloaded)/);
    await changed(
      bench,
      (folder) =>
        edit(folder, "background/background.js", (text) =>
          text.replace(/(const report = await withCore\(\(core\) => core\.inspect\([^;]*;)/, `$1
    const { forced } = await chrome.storage.local.get("forced");
    for (const one of report.listings.slice(0, report.page === "search" ? 8 : 1)) {
      one.assessment.level = forced ?? "none";
      one.assessment.signals = [{ code: "seller-admits", weight: 4, evidence: "words" }];
    }`),
        ),
      async (folder) => {
        const browser = await bench.fresh({ extension: folder });
        const own = await browser.extensionPage("options/options.html");
        let turn = 0;
        /** The level that the page's offers are given from now on; the page reads itself again as it does after a choice of the user. */
        const force = (forced) =>
          own.evaluate(
            async (level, label) => chrome.storage.local.set({ forced: level, trusted: { version: 1, items: { nobody: { label, added: "" } } } }),
            forced,
            String(turn++),
          );
        const tab = await browser.open("about:blank");
        const worst = [];
        for (const file of TEN) {
          await force("none");
          await tab.goto(serve(bench, pageOf(rows, file)));
          await settled(browser, tab);
          // Only a tab in front is drawn, and shifts.
          await tab.front();
          for (const level of ["caution", "likely"]) {
            const drawn = () =>
              until(`${file}: a warning at ${level}`, async () => {
                const found = await shown(tab);
                return found.length > 0 && found.every((one) => one.level === level) && found;
              });
            const gone = () => until(`${file}: no warning`, async () => (await shown(tab)).length === 0);
            await force(level);
            await drawn();
            let began = 0;
            let before;
            let forms = "";
            // It comes a first time to show where it goes, then while that place is in view, as only what is in view can shift.
            for (let times = 0; ; times++) {
              const places = await tab.inside((root) => {
                const { top, bottom } = root.querySelector(".head").getBoundingClientRect();
                return { top: top + scrollY, inView: bottom > 0 && top < innerHeight };
              });
              if (times > 0 && places.some(({ inView }) => inView)) break;
              assert.ok(times < 4, `${file}: no warning comes where it is in view`);
              await force("none");
              await gone();
              await tab.evaluate((top) => {
                if (top < scrollY || top > scrollY + innerHeight - 200) scrollTo({ top: top - 300, behavior: "instant" });
                return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
              }, Math.min(...places.map(({ top }) => top)));
              before = await layoutOf(tab);
              began = await tab.evaluate(() => performance.now());
              await force(level);
              forms = [...new Set((await drawn()).map(({ form }) => form))].join("+");
            }
            const reckoned = shiftBetween(before, await layoutOf(tab));
            // Chromium tells the shift itself; Firefox does not.
            const told = bench.name === "firefox" ? null : await tab.evaluate(
              (since) =>
                new Promise((done) => {
                  let sum = 0;
                  new PerformanceObserver((list) => {
                    for (const { startTime, value } of list.getEntries()) if (startTime >= since) sum += value;
                  }).observe({ type: "layout-shift", buffered: true });
                  // A frame for the change, one for its entry, and the observer's own turn.
                  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 100)));
                }),
              began,
            );
            worst.push({ file, level, forms, shift: told ?? reckoned, reckoned });
            await force("none");
            await gone();
          }
        }
        const most = worst.reduce((a, b) => (b.shift > a.shift ? b : a));
        const apart = Math.max(...worst.map(({ shift, reckoned }) => Math.abs(shift - reckoned)));
        const counted = [...new Set(worst.map(({ forms }) => forms))].map((form) => `${form} ${worst.filter(({ forms }) => forms === form).length}`);
        bench.note(`${worst.length} warnings (${counted.join(", ")}), worst shift ${most.shift.toFixed(4)} on ${most.file}${apart ? `, reckoned from the elements' places at most ${apart.toFixed(4)} apart` : ""}`);
        assert.deepEqual(worst.filter(({ shift }) => shift > 0.02), []);
      },
    );
  },

  "a snapshot costs a real page a quarter of its own serialising at most": async (bench) => {
    const rows = index(bench);
    calm(bench);
    const browser = await bench.browser();
    const tab = await bench.open("about:blank");
    const measured = [];
    for (const file of TEN) {
      const page = pageOf(rows, file);
      await tab.goto(serve(bench, page));
      await settled(browser, tab);
      measured.push({ file, ...(await browser.background(cost, new URL(page.url).hostname)) });
    }
    const ratios = measured.map(({ cut, whole }) => cut / whole);
    const sizes = measured.map(({ bytes }) => bytes);
    const each = measured.map(({ file, cut, whole, bytes }) => `${file.split("/")[0]} ${cut.toFixed(1)}/${whole.toFixed(1)} ms ${(bytes / 1024).toFixed(0)} KB`);
    bench.note(`median ratio ${median(ratios).toFixed(3)}; ${each.join(", ")}`);
    assert.ok(Math.max(...sizes) <= 400 * 1024, "a snapshot's size");
    assert.ok(median(ratios) <= 0.25, JSON.stringify(measured, null, 1));
  },

  "a copy's words in a real page give a warning, a genuine offer's none": async (bench) => {
    const rows = index(bench);
    calm(bench);
    const browser = await bench.browser();
    const tab = await bench.open("about:blank");
    const six = PRODUCTS.slice(0, 6);
    for (const file of six) {
      const page = pageOf(rows, file);
      for (const [facts, expected] of [[COPY, "likely"], [GENUINE, "none"]]) {
        await tab.goto(serve(bench, page, "https://transplant.example/"));
        const amount = transplanted(facts.price.replace(/[^\d.]/g, ""), page.url);
        const html = await tab.evaluate(transplant, { title: facts.title, price: amount, seller: facts.seller, brand: facts.brand });
        await tab.goto(bench.shops.serve(page.url, { body: html, type: "text/html; charset=utf-8", headers: QUIET }));
        const state = await settled(browser, tab);
        const [offer] = state.report?.listings ?? [];
        assert.equal(offer?.title, facts.title, `${file}: the title was put in its place`);
        if (expected === "none") {
          assert.ok(!/likely|caution/.test(offer.assessment.level), `${file}: ${JSON.stringify(offer.assessment)}`);
          assert.deepEqual((await shown(tab)).map(({ head }) => head), [], file);
        } else {
          assert.match(offer.assessment.level, /likely|caution/, `${file}: ${JSON.stringify(offer.assessment)}`);
          await card(tab, offer.assessment.level);
        }
      }
    }
    bench.note(`${six.length} pages`);
  },

  "extension and command line read the same facts from every page": async (bench) => {
    const rows = index(bench);
    calm(bench);
    const programs = ["release", "debug"].map((kind) => path.join(ROOT, "target", kind, "touchstone")).filter(existsSync);
    const [program] = programs.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    if (!program) bench.skip("the command line is not built");
    const browser = await bench.everywhere();
    const tab = bench.keep(await browser.open("about:blank"));
    const unlike = [];
    const sizes = [];
    let equal = 0;
    for (const { file } of rows) {
      const page = pageOf(rows, file);
      await tab.goto(serve(bench, page));
      const state = await settled(browser, tab);
      const { source, ...scanned } = JSON.parse(execFileSync(program, ["scan", "--url", page.url, page.path], { maxBuffer: 64e6 }).toString());
      if (state.snapshotInfo?.regions) sizes.push(state.snapshotInfo.characters);
      const unequal = difference(state.report ? facts(state.report) : state.error, scanned);
      if (unequal) unlike.push(`${file}: ${unequal}`);
      else equal++;
    }
    bench.note(`${equal} of ${rows.length} pages alike, snapshots of ${median(sizes)} characters in the middle, ${Math.max(...sizes)} at most`);
    assert.ok(median(sizes) <= 40 * 1024 && Math.max(...sizes) <= 400 * 1024, "the snapshots' sizes");
    assert.deepEqual(unlike, []);
  },

  "pages of an unknown shop are read alike by extension and command line": async (bench) => {
    const rows = index(bench);
    calm(bench);
    // Parts of the page's own shop are another's here.
    bench.allowPage(/Unsafe attempt to load URL/);
    const programs = ["release", "debug"].map((kind) => path.join(ROOT, "target", kind, "touchstone")).filter(existsSync);
    const [program] = programs.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    if (!program) bench.skip("the command line is not built");
    await changed(
      bench,
      async (folder) => {
        await edit(folder, "manifest.json", (text) => {
          const manifest = JSON.parse(text);
          const shared = manifest.content_scripts[0].js.filter((name) => !name.includes("plans/"));
          manifest.content_scripts = [{ matches: ["https://*/*"], js: ["content/plans/generic.js", ...shared], run_at: "document_idle" }];
          manifest.host_permissions = ["https://*/*"];
          return JSON.stringify(manifest);
        });
      },
      async (folder) => {
        const browser = await bench.fresh({ extension: folder });
        const tab = await browser.open("about:blank");
        const unlike = [];
        const costs = [];
        let equal = 0;
        for (const { file } of rows) {
          const page = pageOf(rows, file);
          const { pathname, search } = new URL(page.url);
          const url = `https://unknown-shop.example${pathname}${search}`;
          await tab.goto(serve(bench, page, url));
          const state = await settled(browser, tab);
          const { source, ...scanned } = JSON.parse(execFileSync(program, ["scan", "--url", url, page.path], { maxBuffer: 64e6 }).toString());
          const unequal = difference(state.report ? facts(state.report) : state.error, scanned);
          if (unequal) unlike.push(`${file}: ${unequal}`);
          else equal++;
          costs.push({ file, ...state.snapshotInfo });
        }
        const of = (name) => costs.map((cost) => cost[name] ?? 0);
        bench.note(`${equal} of ${rows.length} pages alike; a cut takes ${median(of("milliseconds")).toFixed(0)} ms and ${median(of("characters"))} characters, at most ${Math.max(...of("milliseconds")).toFixed(0)} ms and ${Math.max(...of("characters"))}`);
        assert.deepEqual(unlike, []);
      },
    );
  },
};

/* Runs in the background: times a cut of a host's page against the page's own serialising, by turns, in the world of our content scripts. Milliseconds, bytes. */
async function cost(host) {
  const measure = (host) => {
    if (location.hostname !== host) return null;
    const cut = () => JSON.stringify(globalThis.touchstone.cut(globalThis.touchstonePlan).snapshot);
    const whole = () => document.documentElement.outerHTML;
    // Firefox tells time in whole milliseconds: several runs at a time.
    const mean = (work) => {
      const began = performance.now();
      let runs = 0;
      do runs += work().length > 0 ? 1 : 0;
      while (performance.now() - began < 40);
      return (performance.now() - began) / runs;
    };
    const turns = [];
    for (let turn = 0; turn < 5; turn++) turns.push({ cut: mean(cut), whole: mean(whole) });
    turns.sort((a, b) => a.cut / a.whole - b.cut / b.whole);
    return { ...turns[2], bytes: new TextEncoder().encode(cut()).length };
  };
  for (const { id } of await chrome.tabs.query({})) {
    try {
      const [{ result } = {}] = await chrome.scripting.executeScript({ target: { tabId: id }, func: measure, args: [host] });
      if (result) return result;
    } catch {
      // A tab that is the browser's own.
    }
  }
  throw new Error("no tab runs our content scripts");
}

/** What of a report the command line prints: all but where in the page a listing stands, by what key it is remembered and of when the prices are. */
const facts = ({ listings, version, readBy, prices, ...page }) => ({ ...page, listings: listings.map(({ region, key, ...facts }) => facts) });

/** Where two values first differ, as a path with both sides; null where they are alike. Order of an object's keys does not count. */
function difference(here, there, at = "report") {
  if (here !== null && there !== null && typeof here === "object" && typeof there === "object") {
    for (const key of new Set([...Object.keys(here), ...Object.keys(there)])) {
      const found = difference(here[key], there[key], `${at}.${key}`);
      if (found) return found;
    }
    return null;
  }
  return here === there ? null : `${at}: ${brief(here)}, command line ${brief(there)}`;
}

const brief = (value) => JSON.stringify(value)?.slice(0, 200) ?? "nothing";

/** An amount as the page's own shop writes it. */
function transplanted(amount, url) {
  const host = new URL(url).hostname;
  if (host.endsWith(".com.br")) return `R$ ${(Number(amount) * 5).toFixed(2).replace(".", ",")}`;
  if (host.endsWith(".co.jp")) return `¥${Math.round(Number(amount) * 150)}`;
  return `$${amount}`;
}

/* Runs in the saved page: puts the facts where the shop shows its own. */
function transplant({ title, price, seller, brand }) {
  const write = (selector, text) => {
    for (const element of document.querySelectorAll(selector)) element.textContent = text;
  };
  write("#productTitle, h1#title, #title, .x-item-title__mainTitle", title);
  for (const box of document.querySelectorAll("#corePrice_feature_div .a-price, #corePriceDisplay_desktop_feature_div .a-price, #apex_desktop .a-price, #ppd .a-price")) {
    const shown = box.querySelector(".a-offscreen");
    if (!shown || box.classList.contains("a-text-price")) continue;
    box.replaceChildren(shown, Object.assign(document.createElement("span"), { textContent: price }));
    box.lastChild.setAttribute("aria-hidden", "true");
    shown.textContent = price;
  }
  write("#price_inside_buybox, #newBuyBoxPrice, #priceblock_ourprice", price);
  write(".x-price-primary .ux-textspans", `US ${price}`);
  write("#sellerProfileTriggerId, .x-sellercard-atf__info__about-seller .ux-textspans--BOLD", seller);
  for (const line of document.querySelectorAll("#merchant-info, #merchantInfoFeature_feature_div .offer-display-feature-text-message")) {
    if (!line.querySelector("#sellerProfileTriggerId")) line.textContent = seller;
  }
  const by = document.querySelector("#bylineInfo");
  if (by) by.textContent = brand;
  return `<!doctype html>${document.documentElement.outerHTML}`;
}
