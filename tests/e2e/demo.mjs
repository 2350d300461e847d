//! Opens the shipped shop pages with the extension and prints for each what the shopper reads, taken from the page and the popup.
//!
//!     node tests/e2e/demo.mjs [--browser chrome|firefox]
//!
//! Screenshots go to target/demo. With a display the browser stays open for a person; without one it runs headless and ends.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { ROOT, built } from "./lib/bench.mjs";
import { BROWSERS, launch } from "./lib/browser.mjs";
import { expand, settled, shown } from "./lib/card.mjs";
import { shipped } from "./lib/shipped.mjs";
import { Shops } from "./lib/shops.mjs";
import { pause } from "./lib/wait.mjs";

const { values: chosen } = parseArgs({ options: { browser: { type: "string", default: "chrome" } } });
if (!(chosen.browser in BROWSERS)) {
  console.error(`--browser takes ${Object.keys(BROWSERS).join(" or ")}, not ${chosen.browser}`);
  process.exit(2);
}
const display = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const out = path.join(ROOT, "target", "demo");
await mkdir(out, { recursive: true });

const shops = await Shops.open();
const browser = await launch(chosen.browser, { shops, extension: built(chosen.browser), headless: !display });
const tab = await browser.open("about:blank");
const indented = (words) => words.replace(/^/gm, "    ");

/** What the popup says of the tab, its lines in the order in which they stand there. */
async function popupWords() {
  const popup = await browser.popup(tab);
  try {
    return await popup.until("the popup's words", () => {
      const sentence = document.querySelector("#sentence")?.innerText ?? "";
      const waits = sentence === chrome.i18n.getMessage("popup_reading");
      return sentence && !waits && `${sentence}\n${document.querySelector("#detail").innerText}`.trim();
    });
  } finally {
    await popup.close().catch(() => {});
  }
}

for (const { name, file, url } of shipped().filter(({ installed }) => installed)) {
  await tab.goto(shops.serve(url, { file, type: "text/html" }));
  await settled(browser, tab);
  await pause(300);
  const found = await shown(tab);
  console.log(`\n${name}  ${url}`);
  if (found[0]?.form === "card") {
    const { words } = await expand(tab);
    console.log(indented(`Card: ${words}`));
  } else {
    for (const { form, head } of found) console.log(indented(`${form === "mark" ? "Mark" : "Card"}: ${head.replaceAll("\n", " ")}`));
  }
  await tab.screenshot(path.join(out, `${chosen.browser}-${name.replace("/", "-")}.png`));
  if (!found.length) console.log(indented(`Popup: ${await popupWords()}`));
}
console.log(`\nScreenshots: ${out}`);

if (display) {
  console.log("The browser stays open; end with Ctrl+C.");
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void end());
} else {
  await end();
}

async function end() {
  await browser.close();
  await shops.close();
  process.exit(0);
}
