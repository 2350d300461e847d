// Which shop an address belongs to, what reads it, and whether the browser lets us.

import { HOSTS, SCRIPTS, SHOPS } from "./shop-table.js";

export { SHOPS };

/** A host covers its subdomains, as in the manifest. @param {string} host */
export const patternOf = (host) => `https://*.${host}/*`;

/** What runs in a page after its plans; from the root, because Firefox takes a path without a slash from where the asking page lies. @param {string[]} plans */
const scripts = (plans) => [...plans.map((plan) => `content/plans/${plan}.js`), ...SCRIPTS].map((file) => `/${file}`);

/** What runs in a page of the shop. @param {Shop} shop */
export const scriptsOf = ({ plans }) => scripts(plans);

/** What runs in a page of no known shop. */
export const GENERIC = scripts(["generic"]);

/** The shop of an address and the pattern that covers it: a look-up a label of the host. @param {URL} url */
export const shopAt = ({ protocol, hostname }) => {
  if (!/^https?:$/.test(protocol)) return null;
  const labels = hostname.split(".");
  for (; labels.length > 1; labels.shift()) {
    const host = labels.join(".");
    const shop = Object.hasOwn(HOSTS, host) ? SHOPS[HOSTS[host] ?? -1] : undefined;
    if (shop) return { shop, origins: [patternOf(host)] };
  }
  return null;
};

/** Those of a shop's patterns that the browser grants. @param {Shop} shop */
export const granted = async ({ hosts }) => {
  const patterns = hosts.map(patternOf);
  const held = await Promise.all(patterns.map((pattern) => chrome.permissions.contains({ origins: [pattern] })));
  return patterns.filter((_, at) => held[at]);
};
