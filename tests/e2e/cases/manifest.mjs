//! What the browser itself says about the package.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

export const tests = {
  "the browser has no warning about the manifest": async (bench) => {
    const browser = await bench.browser();
    if (!browser.manifestWarnings) bench.skip("Firefox's package is judged by addons-linter in the gate");
    assert.deepEqual(await browser.manifestWarnings(), []);
  },

  "the manifest asks for no more than it says": async (bench) => {
    const manifest = JSON.parse(readFileSync(path.join(bench.extension, "manifest.json"), "utf8"));
    assert.deepEqual([...manifest.permissions].sort(), ["activeTab", "scripting", "storage"]);
    assert.equal(manifest.web_accessible_resources, undefined);
    for (const pattern of [...manifest.host_permissions, ...manifest.optional_host_permissions]) assert.match(pattern, /^(https|\*):\/\/(\*\.)?[a-z0-9.-]+\.[a-z]+\/\*$/, "no pattern for all sites");
    if (bench.name === "firefox") assert.deepEqual(manifest.browser_specific_settings.gecko.data_collection_permissions, { required: ["none"] });
  },
};
