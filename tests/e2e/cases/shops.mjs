//! Shops that did not come with the installation: read on request, always after one click, and no longer when stopped.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { card, settled, shown } from "../lib/card.mjs";
import { COPY, address, item, offer } from "../lib/ebay.mjs";
import { ORIGIN, optional } from "../lib/optional.mjs";
import { pause, until } from "../lib/wait.mjs";

const served = (bench) => bench.shops.serve(address(item()), { body: offer(COPY) });

/** Waits until these scripts are registered for added shops. */
async function registers(browser, expected) {
  const page = await browser.extensionPage("manifest.json");
  try {
    await until(`the scripts ${JSON.stringify(expected)}`, async () => {
      const found = await page.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).map(({ id, matches }) => [id, ...matches]));
      assert.deepEqual(found, expected);
      return true;
    });
  } finally {
    await page.close();
  }
}

/** Waits until the popup or options page says something. */
const says = (view, words) => view.until(`“${words}”`, (parts) => parts.every((part) => document.body.innerText.includes(part)), words.split("*").map((part) => part.trim()));

export const tests = {
  "every shop is in the table that its host leads to, and asked for at once or by a click": async (bench) => {
    const manifest = JSON.parse(readFileSync(path.join(bench.extension, "manifest.json"), "utf8"));
    const { HOSTS, SCRIPTS, SHOPS } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(path.join(bench.extension, "shared/shop-table.js"), "utf8"))}`);
    const asked = (install) => SHOPS.filter((shop) => shop.install === install).flatMap(({ hosts }) => hosts.map((host) => `https://*.${host}/*`));
    assert.deepEqual([...manifest.host_permissions].sort(), asked(true).sort());
    assert.deepEqual([...manifest.optional_host_permissions].sort(), asked(false).sort());
    assert.deepEqual(manifest.content_scripts.flatMap(({ matches }) => matches).sort(), asked(true).sort(), "no script for a shop that is not asked for");
    for (const { id, hosts, plans } of SHOPS) {
      for (const host of hosts) assert.equal(SHOPS[HOSTS[host]].id, id);
      for (const file of [...plans.map((plan) => `content/plans/${plan}.js`), ...SCRIPTS]) assert.ok(readFileSync(path.join(bench.extension, file)).length, file);
    }
    bench.note(`${SHOPS.filter(({ install }) => install).length} shops at once, ${SHOPS.filter(({ install }) => !install).length} by a click`);
  },

  "a shop that was not added is read on request with its own rules": (bench) =>
    optional(bench, { unverified: true }, async (extension) => {
      const browser = await bench.fresh({ extension });
      const tab = await browser.open(served(bench));
      await pause(700);
      assert.deepEqual(await shown(tab), [], "nothing is read unasked");
      const popup = await browser.popup(tab);
      await says(popup, bench.say("popup_offer_likely"));
      // The seller is in no structured data: the shop's own rules read the page.
      await says(popup, COPY.seller);
      await says(popup, bench.say("popup_optional"));
      await says(popup, bench.say("popup_unverified"));
      await card(tab, "likely");
      await registers(browser, []);
    }),

  "one click on the popup adds a shop, and the browser's settings take it away": (bench) =>
    optional(bench, {}, async (extension) => {
      const browser = await bench.fresh({ extension });
      const tab = await browser.open(served(bench));
      await browser.agreeing(ORIGIN, async () => {
        const popup = await browser.popup(tab);
        await says(popup, bench.say("popup_optional"));
        await popup.press("#shop button");
      });
      await registers(browser, [["ebay", ORIGIN]]);
      // The open page is read again for the permission's sake.
      await pause(1_000);
      await tab.goto(served(bench));
      await card(tab, "likely");
      await browser.revokeHosts();
      await registers(browser, []);
      await tab.goto(served(bench));
      await pause(700);
      assert.deepEqual(await shown(tab), []);
    }),

  "the options page stops a shop, and a restart brings its scripts back": (bench) =>
    optional(bench, { granted: true }, async (extension) => {
      const browser = await bench.fresh({ extension });
      // As an update of the extension leaves it.
      const page = await browser.extensionPage("manifest.json");
      await page.evaluate(() => chrome.scripting.unregisterContentScripts());
      await browser.restart();
      await registers(browser, [["ebay", ORIGIN]]);
      const tab = await browser.open(served(bench));
      await card(tab, "likely");
      const options = await browser.extensionPage("options/options.html");
      await says(options, bench.say("options_shop_installed"));
      if (bench.name === "chrome") {
        // Chromium lets nobody remove what the copy's manifest requires; that the button asks for the right thing is seen all the same.
        await options.evaluate(() => (chrome.permissions.remove = async (asked) => void (globalThis.asked = asked)));
        await options.click("#shops button");
        assert.deepEqual(await options.evaluate(() => globalThis.asked), { origins: [ORIGIN] });
        return;
      }
      await options.click("#shops button");
      await registers(browser, []);
      await options.until("the list without the shop", () => !document.querySelector("#shops button"));
    }),
};
