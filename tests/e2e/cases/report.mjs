//! The report: one click, kept whatever happens to background, browser and storage.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { card, expand, press, says, settled, shown } from "../lib/card.mjs";
import { COPY, address, item, offer } from "../lib/ebay.mjs";
import { until } from "../lib/wait.mjs";
import { listed } from "./warning.mjs";

/** The reports as the extension's own page lists them. */
export async function storedReports(browser) {
  const page = await browser.extensionPage("reports/reports.html");
  try {
    await page.until("the list of reports", () => document.querySelector("#reports").children.length || !document.querySelector("#empty").hidden || !document.querySelector("#problem").hidden);
    return await page.evaluate(() => ({
      problem: document.querySelector("#problem").textContent,
      empty: !document.querySelector("#empty").hidden,
      items: [...document.querySelectorAll("#reports > li")].map((one) => ({
        title: one.querySelector("h2").textContent,
        address: one.querySelector("dd").textContent,
        notice: one.querySelector("pre").textContent,
      })),
    }));
  } finally {
    await page.close();
  }
}

/** Everything that the extension has stored: the values of its storage areas, and every record of every database. */
async function everythingStored(browser) {
  const page = await browser.extensionPage("options/options.html");
  try {
    return await page.evaluate(async () => {
      const done = (request) => new Promise((good, bad) => ((request.onsuccess = () => good(request.result)), (request.onerror = () => bad(request.error))));
      const databases = {};
      for (const { name, version } of await indexedDB.databases()) {
        const base = await done(indexedDB.open(name));
        const stores = {};
        for (const store of base.objectStoreNames) {
          const objects = base.transaction(store).objectStore(store);
          stores[store] = [await done(objects.getAllKeys()), await done(objects.getAll())];
        }
        base.close();
        databases[name] = { version, stores };
      }
      const areas = {};
      for (const area of ["local", "sync", "session"]) areas[area] = await chrome.storage[area].get(null);
      return JSON.parse(JSON.stringify({ areas, databases, local: { ...localStorage } }));
    });
  } finally {
    await page.close();
  }
}

async function reported(bench, browser, tab) {
  await card(tab);
  await expand(tab);
  await browser.copy("nothing yet");
  await press(tab, bench.say("action_report"));
}

const about = (list, place) => list.items.filter((one) => one.address === place);

export const tests = {
  "one click stores the report and puts the notice on the clipboard": async (bench) => {
    const browser = await bench.browser();
    const place = listed(bench, COPY);
    const tab = await bench.open(place);
    const before = (await browser.addresses()).length;
    await reported(bench, browser, tab);
    await says(tab, bench.say("report_stored"));
    const one = await says(tab, bench.say("report_nothing_sent"));
    assert.ok(one.words.includes(bench.say("report_copied")), one.words);
    const notice = await browser.clipboard();
    assert.ok(notice.includes(COPY.title), "the notice names the listing");
    // The four elements of a notice, Article 16(2) of Regulation (EU) 2022/2065; name and address are the shopper's to fill in.
    assert.match(notice, /\n2\. Why I ask for a check\n[^]*replica/i, "(a) the reasons, in the page's words");
    assert.ok(notice.includes(`\nAddress: ${place}\n`), "(b) the exact address");
    assert.match(notice, /\nName: \[[^\]]+\]\nE-mail address: \[[^\]]+\]\n/, "(c) name and e-mail address, marked as blank");
    assert.match(notice, /\n6\. [^\n]+\n[^]*good faith/i, "(d) the statement of good faith");
    assert.match(notice, /not complete until/, "the notice says what is still to be filled in");
    const list = about(await storedReports(browser), place);
    assert.equal(list.length, 1);
    assert.equal(list[0].notice.trim(), notice.trim());
    const opened = (await browser.addresses()).length - before;
    assert.ok(opened <= 1, "at most the channel's address was opened");
    bench.note(opened ? `opened ${(await browser.addresses()).at(-1)}` : "no tab opened");
  },

  "the popup shows the last reports, and leads to each": async (bench) => {
    const browser = await bench.emptied();
    const plain = bench.shops.serve("https://www.ebay.com/help/home", { body: "<!doctype html><title>Help</title>" });
    const recent = async () => {
      const tab = await browser.open(plain);
      const popup = await browser.popup(tab);
      const found = await popup.until("the reports in the popup", () => {
        const [words, list] = ["#recent-words", "#recent-list"].map((one) => document.querySelector(one));
        if (words.hidden && list.hidden) return null;
        const edge = document.body.getBoundingClientRect().right;
        const outside = [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > edge + 1).map((one) => one.outerHTML.slice(0, 80));
        return { outside, words: words.hidden ? "" : words.innerText, links: [...list.querySelectorAll("a")].map((one) => [one.innerText, one.href, one.nextElementSibling.innerText]) };
      });
      await popup.close().catch(() => {});
      await tab.close();
      return found;
    };
    assert.deepEqual(await recent(), { outside: [], words: bench.say("reports_empty"), links: [] });
    for (const number of [1, 2, 3, 4]) {
      const tab = await browser.open(listed(bench, { ...COPY, title: `${COPY.title}, with strap and dust bag, number ${number}` }));
      await reported(bench, browser, tab);
      await says(tab, bench.say("report_stored"));
      await tab.close();
    }
    const { links, outside } = await recent();
    assert.deepEqual(outside, [], "a long title does not widen the popup");
    assert.deepEqual(links.map(([title]) => title.at(-1)), ["4", "3", "2"], "the newest first");
    assert.match(links[1][2], /^Drafted .*20\d\d · ebay\.com · Strong signals$/);
    const page = await browser.open(links[1][1]);
    const chosen = await page.until("the report that was chosen", () => document.activeElement.querySelector?.("h2")?.innerText);
    assert.ok(chosen.endsWith("number 3"), chosen);
    assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().top < innerHeight), "it is in view");
  },

  "all reports are saved in a file": async (bench) => {
    const browser = await bench.emptied();
    const folder = await browser.downloads();
    const place = listed(bench, COPY);
    const tab = await browser.open(place);
    await reported(bench, browser, tab);
    await says(tab, bench.say("report_stored"));
    const page = await browser.extensionPage("reports/reports.html");
    await page.click("#export");
    const saved = await until("the file", async () => {
      const name = (await readdir(folder)).find((one) => /^touchstone-reports-[\d-]+\.json$/.test(one));
      return name && JSON.parse(await readFile(path.join(folder, name), "utf8"));
    });
    assert.deepEqual(Object.keys(saved).sort(), ["damaged", "reports", "schema"]);
    assert.deepEqual(saved.reports.map(({ url, listing }) => [url, listing.title]), [[place, COPY.title]]);
    assert.match(saved.reports[0].notice.text, /good faith/i);
  },

  "a second click finds the first report": async (bench) => {
    const browser = await bench.browser();
    const place = listed(bench, COPY);
    const tab = await bench.open(place);
    await reported(bench, browser, tab);
    await says(tab, bench.say("report_stored"));
    const first = await browser.clipboard();
    await tab.goto(place);
    await reported(bench, browser, tab);
    await says(tab, bench.say("report_again"));
    assert.equal(await browser.clipboard(), first, "it is the first report's notice");
    assert.equal(about(await storedReports(browser), place).length, 1);
  },

  "the shop's own control is pointed at, and no tab opens": async (bench) => {
    const browser = await bench.browser();
    const control = `<div class="x-report-item"><a class="ux-call-to-action" href="https://www.ebay.com/report"><span>Report this item</span></a></div>`;
    const tab = await bench.open(listed(bench, { ...COPY, body: `<div style="height:1500px"></div>${control}` }));
    const before = (await browser.addresses()).length;
    await reported(bench, browser, tab);
    await says(tab, bench.say("report_stored"));
    const words = (await shown(tab)).map((one) => one.words).join("\n");
    const ring = await until("the ring around the control", async () => (await shown(tab)).find(({ form }) => form === "ring")).catch(() => null);
    if (!ring) bench.skip(`this shop's channel is no control of the page: ${words.split("\n").at(-3)}`);
    const seen = await tab.until("the control to be in view", () => {
      const { top, bottom } = document.querySelector(".x-report-item a").getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    assert.ok(seen);
    assert.equal((await browser.addresses()).length, before, "no tab was opened");
  },

  "the report outlives a killed background and a restarted browser": async (bench) => {
    const browser = await bench.emptied();
    const place = listed(bench, COPY);
    const tab = await browser.open(place);
    await reported(bench, browser, tab);
    await says(tab, bench.say("report_stored"));
    const notice = await browser.clipboard();
    assert.equal(await browser.killBackground(), true, "the background was running");
    assert.equal(about(await storedReports(browser), place).length, 1, "after the background was killed");
    browser.listener = undefined;
    await browser.restart();
    const list = about(await storedReports(browser), place);
    assert.equal(list.length, 1, "after the restart");
    assert.equal(list[0].notice.trim(), notice.trim());
    const again = await browser.open(place);
    await reported(bench, browser, again);
    await says(again, bench.say("report_again"));
  },

  "a private window stores nothing and the rest works": async (bench) => {
    const browser = await bench.fresh({ private: true });
    // Something is stored already, so that what is compared is not empty.
    const known = await browser.open(listed(bench, COPY));
    await reported(bench, browser, known);
    await says(known, bench.say("report_stored"));
    await press(known, bench.say("action_dismiss"));
    await until("the dismissed card to go", async () => (await shown(known)).length === 0);
    const before = await everythingStored(browser);
    assert.equal(Object.values(before.databases).flatMap(({ stores }) => stores.reports?.[0] ?? []).length, 1, JSON.stringify(before));
    assert.deepEqual(Object.keys(before.areas.local), ["dismissed"]);
    const place = listed(bench, COPY);
    const hidden = await browser.open(place, { private: true });
    await card(hidden, "likely");
    await expand(hidden);
    await press(hidden, bench.say("action_report"));
    await says(hidden, bench.say("report_private"));
    await until("the notice on the clipboard", async () => (await browser.clipboard()).includes(COPY.title));
    await hidden.goto(listed(bench, COPY));
    await card(hidden, "likely");
    await expand(hidden);
    await press(hidden, bench.say("action_dismiss"));
    await until("the dismissed card to go", async () => (await shown(hidden)).length === 0);
    await hidden.goto(listed(bench, { ...COPY, seller: "hidden-seller" }));
    await card(hidden, "likely");
    await expand(hidden);
    await press(hidden, bench.say("action_trust"));
    await until("the trusted seller's card to go", async () => (await shown(hidden)).length === 0);
    await hidden.close();
    assert.deepEqual(await everythingStored(browser), before, "what is stored is what was stored before the private window");
    bench.note(`compared: ${Object.keys(before.areas).join(", ")}, databases ${Object.keys(before.databases).join() || "none"}`);
    const open = await browser.open(place);
    await card(open, "likely");
  },

  "a full storage is said, and the draft is still on the clipboard": async (bench) => {
    const browser = await bench.emptied();
    const place = listed(bench, COPY);
    const tab = await browser.open(place);
    await card(tab);
    await browser.background(() => {
      const full = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
      IDBObjectStore.prototype.put = full;
      IDBObjectStore.prototype.add = full;
      return true;
    });
    await reported(bench, browser, tab);
    const one = await says(tab, bench.say("error_storage_full"));
    assert.ok(one.words.includes(bench.say("report_not_stored")), one.words);
    await until("the draft on the clipboard", async () => (await browser.clipboard()).includes(place));
    await browser.killBackground();
    assert.deepEqual((await storedReports(browser)).items, [], "nothing half-stored");
    await tab.goto(place);
    await reported(bench, browser, tab);
    await says(tab, bench.say("report_stored"));
  },

  "damaged stored data is set aside, said, and the rest is there": async (bench) => {
    const browser = await bench.emptied();
    const place = listed(bench, COPY);
    const tab = await browser.open(place);
    await reported(bench, browser, tab);
    await says(tab, bench.say("report_stored"));
    const page = await browser.extensionPage("options/options.html");
    await page.evaluate(async () => {
      await chrome.storage.local.set({ trusted: "no list at all", dismissed: { version: 1, items: { x: 7 } } });
      const open = indexedDB.open("touchstone");
      const base = await new Promise((done, fail) => ((open.onsuccess = () => done(open.result)), (open.onerror = fail)));
      const work = base.transaction("reports", "readwrite");
      const store = work.objectStore("reports");
      const key = store.keyPath;
      const broken = { schema: 1, listing: 5 };
      if (key) store.put({ ...broken, [key]: "broken:1" });
      else store.put(broken, "broken:1");
      await new Promise((done, fail) => ((work.oncomplete = done), (work.onerror = fail)));
      base.close();
    });
    await browser.killBackground();
    const list = await storedReports(browser);
    assert.equal(about(list, place).length, 1, "the good report is there");
    assert.match(list.problem, /: 1\./, `the damaged one is told: ${list.problem}`);
    await tab.goto(listed(bench, COPY));
    await card(tab, "likely");
    const kept = await page.evaluate(async () => Object.keys(await chrome.storage.local.get(null)).sort());
    assert.deepEqual(kept, ["dismissed.damaged", "trusted.damaged"]);
    await page.goto(`${browser.base}/options/options.html`);
    await page.until("the damage on the options page", () => document.body.innerText.includes("trusted"));
  },

  "a message of the wrong shape is refused": async (bench) => {
    const browser = await bench.browser();
    const page = bench.keep(await browser.extensionPage("options/options.html"));
    const answers = await page.evaluate(async () => {
      const snapshot = { url: "https://www.ebay.com/itm/1", language: null, title: null, regions: [], structured: { jsonLd: [], meta: [], canonical: null, microdata: [] }, state: {}, truncated: false };
      const wrong = [
        undefined, null, 7, "inspect", [], {}, { kind: 5 }, { kind: "nothing-of-the-sort" }, { kind: "__proto__" }, { kind: "constructor" },
        { kind: "inspect" }, { kind: "inspect", snapshot: 5 }, { kind: "inspect", snapshot: { ...snapshot, url: 5 } },
        { kind: "inspect", snapshot: { ...snapshot, regions: "x" } }, { kind: "inspect", snapshot: { ...snapshot, regions: [{ role: "x", html: "" }] } },
        { kind: "inspect", snapshot: { ...snapshot, structured: null } }, { kind: "inspect", snapshot: { ...snapshot, url: "no address" } },
        { kind: "report", snapshot, index: -1 }, { kind: "report", snapshot, index: "0" }, { kind: "report", snapshot, index: 99 },
        { kind: "false-alarm", snapshot, index: 99 }, { kind: "dismiss" }, { kind: "dismiss", key: {} }, { kind: "trust", marketplace: "ebay" },
        { kind: "delete-report" }, { kind: "undo", what: "settings", id: "x" }, { kind: "save-settings", country: "xx", language: 5 },
      ];
      const given = [];
      for (const message of wrong) {
        const answer = await chrome.runtime.sendMessage(message).catch((error) => ({ thrown: String(error) }));
        given.push([JSON.stringify(message)?.slice(0, 90) ?? "undefined", answer]);
      }
      return given;
    });
    for (const [message, answer] of answers) {
      if (answer?.thrown && /^(undefined|null)$/.test(message)) continue;
      assert.equal(answer?.ok, false, `${message} was answered by ${JSON.stringify(answer)}`);
      assert.equal(typeof answer.error.message, "string", message);
      if (!/"url":"no address"|"index":99/.test(message)) assert.equal(answer.error.code, "bad-message", `${message}: ${JSON.stringify(answer.error)}`);
    }
    const tab = await bench.open(listed(bench, COPY));
    await card(tab, "likely");
  },
};
