//! One way to start either browser with an extension in a profile of its own.

import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Chromium } from "./chromium.mjs";
import { Firefox } from "./firefox.mjs";

/** The browsers that the extension is made for. */
export const BROWSERS = { chrome: Chromium, firefox: Firefox };

/**
 * @param {"chrome"|"firefox"} name
 * @param {{shops: import("./shops.mjs").Shops, extension: string, headless?: boolean, private?: boolean}} options
 * @returns {Promise<Chromium | Firefox>}
 */
export async function launch(name, options) {
  const profile = await mkdtemp(path.join(os.tmpdir(), `touchstone-${name}-`));
  const browser = await BROWSERS[name].launch({ ...options, profile });
  const close = browser.close.bind(browser);
  browser.close = async () => {
    await close();
    browser.close = async () => {};
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return browser;
}
