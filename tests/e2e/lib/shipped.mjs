//! The pages that the repository ships for tests and demo, with what is expected of them.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./bench.mjs";

/** Values of `key = "text"` lines: all that is needed of these files here. */
function texts(block) {
  return Object.fromEntries([...block.matchAll(/^(\w+) = "((?:[^"\\]|\\.)*)"/gm)].map(([, key, value]) => [key, JSON.parse(`"${value}"`)]));
}

/** Whether a shop is read from the installation on; others are added by a click. */
function installed(marketplace) {
  const file = path.join(ROOT, "data", "marketplaces", `${marketplace}.toml`);
  return existsSync(file) && /^install = true$/m.test(readFileSync(file, "utf8"));
}

/** @returns {{name: string, installed: boolean, file: string, url: string, page: string, marketplace?: string, levels: string[]}[]} */
export function shipped() {
  const home = path.join(ROOT, "tests", "pages");
  const found = [];
  for (const site of readdirSync(home).sort()) {
    for (const name of readdirSync(path.join(home, site)).sort()) {
      const expectation = path.join(home, site, name, "expect.toml");
      if (!existsSync(expectation)) continue;
      const [head, ...listings] = readFileSync(expectation, "utf8").split(/^\[\[listings\]\]$/m);
      const page = { name: `${site}/${name}`, file: path.join(home, site, name, "page.html"), ...texts(head) };
      found.push({ ...page, installed: installed(page.marketplace), levels: listings.map((one) => texts(one).level) });
    }
  }
  return found;
}
