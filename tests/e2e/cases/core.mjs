//! What happens when the core cannot start or stops in the middle. Shown on a copy of the extension in which it does.

import assert from "node:assert/strict";
import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { changed, edit } from "../lib/altered.mjs";
import { card, settled, shown } from "../lib/card.mjs";
import { COPY } from "../lib/ebay.mjs";
import { listed } from "./warning.mjs";

export const tests = {
  "a core that stops answers that page and starts anew for the next": (bench) =>
    changed(
      bench,
      // The core's own memory is overwritten, so that it traps as it does after a panic.
      (folder) =>
        edit(folder, "core/touchstone.js", (text) =>
          text.replace(/export function inspect\(([^)]*)\) \{/, (head) => `${head}\n  if (JSON.stringify(arguments[0]).includes("break-the-core")) new Uint8Array(wasm.memory.buffer).fill(255);`),
        ),
      async (folder) => {
        const browser = await bench.fresh({ extension: folder });
        bench.allow(/RuntimeError|unreachable|panicked|out of bounds|indirect call|null function/i);
        const tab = await browser.open(listed(bench, { ...COPY, title: `${COPY.title} break-the-core` }));
        const state = await settled(browser, tab);
        assert.equal(state.state, "failed", JSON.stringify(state).slice(0, 300));
        assert.equal(state.error.code, "core-panicked");
        assert.deepEqual(await shown(tab), []);
        const popup = await browser.popup(tab);
        await popup.until("the popup to say so", (words) => document.body.innerText.includes(words), bench.say("popup_unreadable"));
        await popup.close();
        await tab.goto(listed(bench, COPY));
        await card(tab, "likely");
      },
    ),

  "a core that cannot start is told, and never taken for 'nothing found'": (bench) =>
    changed(
      bench,
      (folder) => writeFile(path.join(folder, "core", "touchstone_bg.wasm"), "no wasm"),
      async (folder) => {
        const browser = await bench.fresh({ extension: folder });
        bench.allow(/wasm|WebAssembly|magic|CompileError/i);
        const tab = await browser.open(listed(bench, COPY));
        const state = await settled(browser, tab);
        assert.equal(state.error?.code, "core-unavailable", JSON.stringify(state));
        const popup = await browser.popup(tab);
        await popup.until("the popup to say so", (words) => document.body.innerText.includes(words), bench.say("popup_core"));
        assert.deepEqual(await shown(tab), []);
      },
    ),

  "an extension that throws in its own console is noticed by these tests": (bench) =>
    changed(
      bench,
      (folder) => appendFile(path.join(folder, "content", "watch.js"), '\nsetTimeout(() => { throw new Error("seeded error"); });\n'),
      async (folder) => {
        const browser = await bench.fresh({ extension: folder });
        await browser.open(listed(bench, COPY));
        await browser.settleErrors?.();
        bench.allow(/seeded error/);
        const end = Date.now() + 3_000;
        while (!browser.errors.some((text) => text.includes("seeded error")) && Date.now() < end) {
          await browser.settleErrors?.();
          await new Promise((done) => setTimeout(done, 50));
        }
        assert.ok(browser.errors.some((text) => text.includes("seeded error")));
      },
    ),
};
