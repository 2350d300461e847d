//! The background is really killed at every await of the report path, one after the other, on a copy of the extension in which each await is
//! numbered. Afterwards the click was answered or says that it was not, the next message is answered, and the report is there once or the
//! shopper was told.

import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { changed } from "../lib/altered.mjs";
import { expand, press, shown } from "../lib/card.mjs";
import { COPY, address, item, offer } from "../lib/ebay.mjs";
import { until } from "../lib/wait.mjs";

/** Reports each numbered place as it is passed, and stays at the one that the test chose. Chosen only once: a new background goes through. */
const CHECKPOINT = `
globalThis.touchstonePassed = [];
globalThis.touchstoneStopAt = null;
globalThis.touchstoneCheckpoint = async (number, value) => {
  globalThis.touchstonePassed.push(number);
  if (number === globalThis.touchstoneStopAt) {
    globalThis.touchstoneStopped = true;
    await new Promise(() => {});
  }
  return value;
};
`;

/** Numbers the awaits of the files that a report passes through. */
async function number(folder) {
  const background = path.join(folder, "background");
  let next = 1;
  const names = {};
  for (const name of (await readdir(background)).filter((one) => one.endsWith(".js")).sort()) {
    const file = path.join(background, name);
    const text = await readFile(file, "utf8");
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const insertions = [];
    const visit = (node) => {
      if (ts.isAwaitExpression(node)) {
        const [before, after] = [next, next + 1];
        next += 2;
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        names[before] = `${name}:${line}, before its await`;
        names[after] = `${name}:${line}, after its await`;
        insertions.push([node.expression.getStart(), `touchstoneCheckpoint(${before}).then(async () => touchstoneCheckpoint(${after}, await (`, -node.getEnd()]);
        insertions.push([node.expression.getEnd(), ")))", 1]);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    let out = text;
    for (const [at, words] of insertions.sort((a, b) => b[0] - a[0] || b[2] - a[2])) out = out.slice(0, at) + words + out.slice(at);
    await writeFile(file, out);
  }
  await writeFile(path.join(background, "checkpoint.js"), CHECKPOINT);
  for (const name of await readdir(background)) {
    if (name === "checkpoint.js" || !name.endsWith(".js")) continue;
    const file = path.join(background, name);
    await writeFile(file, `import "./checkpoint.js";\n${await readFile(file, "utf8")}`);
  }
  return names;
}

/** Numbers the IndexedDB events that the core waits for, in the order in which they come. */
const EVENTS = `
const listen = EventTarget.prototype.addEventListener;
let event = 0;
const numbered = (handler) => {
  const mine = 1000 + event++;
  return function (...args) {
    globalThis.touchstonePassed.push(mine);
    if (mine === globalThis.touchstoneStopAt) { globalThis.touchstoneStopped = true; return; }
    return typeof handler === "function" ? handler.apply(this, args) : handler.handleEvent(...args);
  };
};
globalThis.touchstoneResetEvents = () => { event = 0; };
for (const type of [IDBRequest, IDBOpenDBRequest, IDBTransaction]) {
  type.prototype.addEventListener = function (name, handler, ...rest) { return listen.call(this, name, numbered(handler), ...rest); };
  for (const name of ["onsuccess", "onerror", "oncomplete", "onabort", "onupgradeneeded", "onblocked"]) {
    const property = Object.getOwnPropertyDescriptor(type.prototype, name);
    if (property?.set) Object.defineProperty(type.prototype, name, { ...property, set(handler) { property.set.call(this, handler ? numbered(handler) : handler); } });
  }
}
`;

export const longest = { "the background may be killed at every await of the report path": 300_000 };

export const tests = {
  "the background may be killed at every await of the report path": (bench) => {
    let names;
    return changed(
      bench,
      async (folder) => {
        names = await number(folder);
        const file = path.join(folder, "background", "checkpoint.js");
        await writeFile(file, (await readFile(file, "utf8")) + EVENTS);
      },
      async (folder) => {
        assert.ok(Object.keys(names).length > 10, "awaits were found");
        const browser = await bench.fresh({ extension: folder });
        bench.allow(/message (channel|port) closed|Receiving end|disconnected|context invalidated|context unloaded/i);
        const place = () => bench.shops.serve(address(item()), { body: offer(COPY) });
        const own = await browser.extensionPage("options/options.html");
        const tab = await browser.open(place());

        /** Opens a fresh offer's card, sets the stop, and reports. */
        const report = async (stop) => {
          const where = place();
          await tab.goto(where);
          await until("the warning", async () => (await shown(tab)).length === 1);
          await expand(tab);
          await browser.background((number) => {
            self.touchstonePassed = [];
            self.touchstoneResetEvents();
            self.touchstoneStopped = false;
            self.touchstoneStopAt = number;
            return true;
          }, stop);
          await browser.copy("nothing yet");
          await press(tab, bench.say("action_report"));
          return where;
        };
        const outcome = () =>
          until("an outcome of the click", async () => {
            const words = (await shown(tab)).map((one) => one.words).join("\n");
            const told = ["report_stored", "report_again", "report_not_stored", "error_core_unavailable", "error_storage_unavailable", "error_storage_full"].find((key) =>
              words.includes(bench.say(key).split("*")[0].trim()),
            );
            return told ?? null;
          }, 15_000);

        // The first report makes the database; the places are those of every later one.
        for (let round = 0; round < 2; round++) {
          await report(null);
          assert.equal(await outcome(), "report_stored");
        }
        const places = [...new Set(await browser.background(() => self.touchstonePassed))];
        assert.ok(places.length >= 4, `places of the report path: ${places}`);

        const seen = {};
        for (const stop of places) {
          const called = names[stop] ?? `event ${stop - 999} of the storage`;
          const where = await report(stop);
          if (process.env.TOUCHSTONE_VERBOSE) console.log(`  ${called}`);
          await until(`the background to stand at ${called}`, () => browser.background(() => self.touchstoneStopped));
          await browser.killBackground();
          const told = await outcome();
          seen[told] = (seen[told] ?? 0) + 1;
          // The next message is answered.
          const answer = await own.evaluate(() => chrome.runtime.sendMessage({ kind: "reports" }));
          assert.equal(answer.ok, true, called);
          const stored = answer.reports.filter((one) => one.url === where);
          assert.ok(stored.length <= 1, `${called}: stored ${stored.length} times`);
          const promised = told === "report_stored" || told === "report_again";
          if (promised) assert.equal(stored.length, 1, `${called}: said ${told}, stored ${stored.length}`);
          const notice = promised || told === "report_not_stored" ? await browser.clipboard() : "";
          if (notice) assert.ok(notice.includes(where), `${called}: the notice is on the clipboard`);
        }
        bench.note(`killed at ${places.length} places: ${Object.entries(seen).map(([told, times]) => `${told} ${times}`).join(", ")}`);
      },
    );
  },
};
