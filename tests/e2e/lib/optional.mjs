//! A copy of the built extension in which eBay, whose layout these tests know, did not come with the installation.

import { changed, edit } from "./altered.mjs";

/** The host of `lib/ebay.mjs`. */
export const ORIGIN = "https://*.ebay.com/*";

/**
 * @param {import("./bench.mjs").Bench} bench
 * @param {{unverified?: boolean, granted?: boolean}} options `granted`: as if the user had agreed before
 * @param {(folder: string) => Promise<void>} use
 */
export function optional(bench, { unverified = false, granted = false }, use) {
  const alter = async (folder) => {
    await edit(folder, "manifest.json", (text) => {
      const manifest = JSON.parse(text);
      const ebay = manifest.content_scripts.find(({ js }) => js[0].endsWith("/ebay.js"));
      manifest.content_scripts = manifest.content_scripts.filter((one) => one !== ebay);
      manifest.host_permissions = manifest.host_permissions.filter((one) => !ebay.matches.includes(one) || (granted && one === ORIGIN));
      manifest.optional_host_permissions.push(...ebay.matches.filter((one) => !granted || one !== ORIGIN));
      return JSON.stringify(manifest);
    });
    await edit(folder, "shared/shop-table.js", (text) =>
      text.replace(/(\{"id":"ebay".*)"install":true,"unverified":false/, (_, head) => `${head}"install":false,"unverified":${unverified}`),
    );
  };
  return changed(bench, alter, use);
}
