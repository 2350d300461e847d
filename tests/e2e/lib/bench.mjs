//! Where a test runs: shops, one browser shared by the tests that leave nothing behind, and fresh ones for those that need their own.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { copied } from "./altered.mjs";
import { launch } from "./browser.mjs";
import { everywhere } from "./optional.mjs";
import { Shops } from "./shops.mjs";
import { within } from "./wait.mjs";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A test that cannot run here, with its reason. */
export class Skipped extends Error {}

/** The built extension of a browser. */
export function built(browser) {
  const folder = path.join(ROOT, "target", "extension", browser);
  if (!existsSync(path.join(folder, "manifest.json"))) throw new Error(`${folder} is not there: build the extension first (./build.sh build)`);
  return folder;
}

/** Takes away everything that the extension has stored. */
async function emptied(browser) {
  const page = await browser.extensionPage("manifest.json");
  try {
    await page.evaluate(async () => {
      await chrome.storage.local.clear();
      // The database stays: the background may hold it open.
      for (const { name } of await indexedDB.databases()) {
        const asked = indexedDB.open(name);
        const base = await new Promise((done, fail) => ((asked.onsuccess = () => done(asked.result)), (asked.onerror = () => fail(asked.error))));
        const stores = [...base.objectStoreNames];
        const work = base.transaction(stores, "readwrite");
        for (const store of stores) work.objectStore(store).clear();
        await new Promise((done, fail) => ((work.oncomplete = done), (work.onerror = () => fail(work.error))));
        base.close();
      }
    });
  } finally {
    await page.close();
  }
}

/** What a test is given. */
export class Bench {
  notes = [];
  #tabs = [];
  #own = [];
  #leaves = false;
  #allowed = [];

  /** @param {"chrome"|"firefox"} name */
  static async open(name) {
    const bench = new Bench();
    bench.name = name;
    bench.extension = built(name);
    bench.words = JSON.parse(readFileSync(path.join(bench.extension, "_locales", "en", "messages.json"), "utf8"));
    bench.shops = await Shops.open();
    return bench;
  }

  /** The shared browser, started by the first test that wants it. */
  async browser() {
    this.shared ??= await launch(this.name, { shops: this.shops, extension: this.extension });
    return this.shared;
  }

  /** A second shared browser, in which every shop came with the installation. */
  async everywhere() {
    this.copy ??= await copied(this.extension, everywhere);
    this.wide ??= await launch(this.name, { shops: this.shops, extension: this.copy.folder });
    return this.wide;
  }

  /** The shared browser with nothing stored, and with nothing left stored after the test: much sooner there than a fresh one. */
  async emptied() {
    const browser = await this.browser();
    await emptied(browser);
    this.#leaves = true;
    return browser;
  }

  /** A browser of the test's own, closed after it. @param {{extension?: string, private?: boolean}} [options] `private`: with leave to run in private windows */
  async fresh(options = {}) {
    const browser = await launch(this.name, { shops: this.shops, extension: this.extension, ...options });
    this.#own.push(browser);
    return browser;
  }

  /** Opens a page in the shared browser; closed after the test. */
  async open(address, options) {
    const tab = await (await this.browser()).open(address, options);
    this.#tabs.push(tab);
    return tab;
  }

  /** Closes the tab after the test. */
  keep(tab) {
    this.#tabs.push(tab);
    return tab;
  }

  /** A sentence of the extension as it is shown, values as `*`. */
  say(key) {
    assert.ok(this.words[key], `no message ${key}`);
    return this.words[key].message.replace(/\$[A-Za-z0-9_@]+\$/g, "*");
  }

  /** Something worth printing beside the test's name. */
  note(text) {
    this.notes.push(text);
  }

  skip(reason) {
    throw new Skipped(reason);
  }

  /** Errors that this test provokes on purpose. @param {RegExp} pattern */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  /** Errors that the page itself makes and the extension has no part in. @param {RegExp} pattern */
  allowPage(pattern) {
    this.#allowed.push({ test: (text) => pattern.test(text) && !/(chrome|moz)-extension:/.test(text) });
  }

  async run(test) {
    this.notes = [];
    this.#allowed = [];
    const shared = await this.browser();
    for (const browser of this.#kept()) {
      await browser.settleErrors?.();
      browser.errors.length = 0;
    }
    this.shops.requests.length = 0;
    try {
      await test(this);
      for (const browser of [...this.#kept(), ...this.#own]) {
        await browser.settleErrors?.();
        const errors = browser.errors.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
        assert.deepEqual(errors, [], "errors in a console");
      }
    } finally {
      for (const tab of this.#tabs.splice(0)) await within(5_000, "closing a tab", tab.close()).catch(() => {});
      for (const browser of this.#own.splice(0)) await browser.close();
      if (this.#leaves && this.shared === shared) await emptied(shared);
      this.#leaves = false;
    }
  }

  #kept() {
    return [this.shared, this.wide].filter(Boolean);
  }

  /** Drops the shared browsers, whose state is no longer known. */
  async renew() {
    for (const browser of this.#kept()) await browser.close().catch(() => {});
    this.shared = this.wide = undefined;
  }

  async close() {
    await this.renew();
    for (const browser of this.#own.splice(0)) await browser.close().catch(() => {});
    await this.copy?.remove();
    await this.shops.close();
  }
}
