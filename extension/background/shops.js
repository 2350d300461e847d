// Keeps the scripts of shops that the user added in line with what the browser grants: it may be taken away or given back elsewhere.

import { SHOPS, granted, scriptsOf, shopAt } from "../shared/shops.js";

/** @typedef {chrome.scripting.RegisteredContentScript} Script */

/** One after the other: an update and a permission may come together. @type {Promise<unknown>} */
let queue = Promise.resolve();

/** Firefox answers with whole addresses. @param {string[] | undefined} files */
const paths = (files) => (files ?? []).map((file) => new URL(file, chrome.runtime.getURL("/")).pathname).join();

/** @param {Script} one @param {Script | undefined} other */
const same = (one, other) => other && paths(one.js) === paths(other.js) && String(one.matches) === String(other.matches);

/** @returns {Promise<Script[]>} a script for each shop that was added, for the hosts that are granted */
const wanted = async () => {
  const added = SHOPS.filter(({ install }) => !install);
  const matches = await Promise.all(added.map(granted));
  const script = (/** @type {Shop} */ shop, /** @type {number} */ at) => ({
    id: shop.id,
    matches: matches[at] ?? [],
    js: scriptsOf(shop),
    runAt: /** @type {const} */ ("document_idle"),
    persistAcrossSessions: true,
  });
  return added.map(script).filter(({ matches }) => matches.length);
};

/** Registers what is granted and not yet registered, and takes back what no longer is, or is of an older version. */
export const keepInLine = () => {
  queue = queue.then(async () => {
    const [scripts, present] = [await wanted(), await chrome.scripting.getRegisteredContentScripts()];
    const stale = present.filter((one) => !same(one, scripts.find(({ id }) => id === one.id))).map(({ id }) => id);
    if (stale.length) await chrome.scripting.unregisterContentScripts({ ids: stale });
    const missing = scripts.filter(({ id }) => stale.includes(id) || !present.some((one) => one.id === id));
    if (missing.length) await chrome.scripting.registerContentScripts(missing);
  });
  // One failure must not end the turns that follow.
  const done = queue;
  queue = queue.catch(() => undefined);
  return done;
};

/** Reads the pages of a shop that are open when it is added; Firefox closes the popup that asked for it. @param {string[]} origins */
export const readOpen = async (origins) => {
  for (const { id, url } of await chrome.tabs.query({ url: origins })) {
    const found = url && URL.canParse(url) ? shopAt(new URL(url)) : null;
    if (id === undefined || !found) continue;
    try {
      await chrome.scripting.executeScript({ target: { tabId: id }, files: scriptsOf(found.shop) });
    } catch {
      // A page of the browser's own, or one that is gone.
    }
  }
};
