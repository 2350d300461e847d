//! Copies of the built extension in which other shops came with the installation than do: without eBay, whose layout these tests know, or with all.

import path from "node:path";
import { pathToFileURL } from "node:url";
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

/** Makes of a copy of the built extension one in which every shop came with the installation, and any other page is read as if the toolbar button were pressed. */
export async function everywhere(folder) {
  const { SHOPS } = await import(pathToFileURL(path.join(folder, "shared", "shop-table.js")).href);
  await edit(folder, "manifest.json", (text) => {
    const manifest = JSON.parse(text);
    const shared = manifest.content_scripts[0].js.filter((name) => !name.includes("plans/"));
    const entry = (plans, matches, more) => ({ matches, js: [...plans.map((plan) => `content/plans/${plan}.js`), ...shared], run_at: "document_idle", ...more });
    for (const { plans, hosts } of SHOPS.filter(({ install }) => !install)) {
      manifest.content_scripts.push(entry(plans, hosts.map((host) => `https://*.${host}/*`)));
    }
    const known = manifest.content_scripts.flatMap(({ matches }) => matches);
    manifest.content_scripts.push(entry(["generic"], ["https://*/*"], { exclude_matches: known }));
    manifest.host_permissions = ["https://*/*"];
    manifest.optional_host_permissions = [];
    return JSON.stringify(manifest);
  });
}
