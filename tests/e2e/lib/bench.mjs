//! Where a test runs: shops, one browser shared by the tests that leave nothing behind, and fresh ones for those that need their own.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
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

/** What a test is given. */
export class Bench {
  notes = [];
  #tabs = [];
  #own = [];
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

  /** A browser of the test's own, closed after it. @param {{extension?: string}} [options] */
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
    await shared.settleErrors?.();
    shared.errors.length = 0;
    this.shops.requests.length = 0;
    try {
      await test(this);
      for (const browser of [shared, ...this.#own]) {
        await browser.settleErrors?.();
        const errors = browser.errors.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
        assert.deepEqual(errors, [], "errors in a console");
      }
    } finally {
      for (const tab of this.#tabs.splice(0)) await within(5_000, "closing a tab", tab.close()).catch(() => {});
      for (const browser of this.#own.splice(0)) await browser.close();
    }
  }

  /** Drops the shared browser, whose state is no longer known. */
  async renew() {
    await this.shared?.close().catch(() => {});
    this.shared = undefined;
  }

  async close() {
    await this.renew();
    await this.shops.close();
  }
}
