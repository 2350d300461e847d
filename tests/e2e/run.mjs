//! Runs the end-to-end tests: every file of `cases/` in each browser, one line a test, then the counts. Without `--browser` all browsers run at the
//! same time (`lib/together.mjs`), and what a file names `alone`, since it measures time, after them.
//!
//!     node tests/e2e/run.mjs [--browser chrome|firefox] [--only TEXT] [--real] [--full]
//!
//! `--only` takes the tests whose name or file contains the text, `--real` only those on saved real pages. Tests that a file names `slow` run
//! with `--full` or when asked for by `--only`. A test that a file names under `notMet` is one whose bar is known not to be reached in a browser, with the reason:
//! its failure is told and does not count; that it passes is told too, since what is timed may pass on a quiet machine alone.
//!
//! A test that fails runs once more in a fresh browser: one that passes then is told as unsteady, at its line and in the counts, so that a browser's
//! own hiccup does not stop the gate and no such test stays unseen.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Bench, Skipped } from "./lib/bench.mjs";
import { BROWSERS } from "./lib/browser.mjs";
import { NOTHING, together } from "./lib/together.mjs";
import { within } from "./lib/wait.mjs";

const { values: chosen } = parseArgs({
  options: {
    browser: { type: "string" },
    only: { type: "string" },
    real: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    // Of one browser's tests those that may run beside another's, or those that may not: for the run of all browsers.
    part: { type: "string" },
  },
});
if (chosen.browser && !(chosen.browser in BROWSERS)) {
  console.error(`--browser takes ${Object.keys(BROWSERS).join(" or ")}, not ${chosen.browser}`);
  process.exit(2);
}

const told = ({ passed, unsteady, failed, skipped }) =>
  console.log(`\n${passed} passed (${unsteady} of them at the second attempt only), ${failed} failed, ${skipped} skipped`);

if (!chosen.browser) {
  const counts = await together(fileURLToPath(import.meta.url), process.argv.slice(2), Object.keys(BROWSERS));
  told(counts);
  process.exit(counts.failed ? 1 : 0);
}

const LONGEST = 60_000;
const count = { ...NOTHING };
const failures = [];

const files = (await readdir(new URL("cases/", import.meta.url))).filter((name) => name.endsWith(".mjs")).sort();
const cases = [];
for (const file of files) {
  const module = await import(new URL(`cases/${file}`, import.meta.url).href);
  if (chosen.real && !module.real) continue;
  for (const [name, run] of Object.entries(module.tests)) {
    if (chosen.only && !name.includes(chosen.only) && !file.includes(chosen.only)) continue;
    if (chosen.part && (chosen.part === "alone") !== Boolean(module.alone?.includes(name))) continue;
    const slow = module.slow?.includes(name) && !chosen.full && !chosen.only;
    cases.push({ name, run: slow ? tooSlow : run, longest: module.longest?.[name] ?? LONGEST, notMet: module.notMet?.[name] ?? {} });
  }
}

const bench = await Bench.open(chosen.browser);
let ended = false;
// Whoever ends the run ends its browsers with it.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    ended = true;
    void within(20_000, "the browsers' end", bench.close()).finally(() => process.exit(1));
  });
}
try {
  for (const test of cases) if (!ended) await one(bench, chosen.browser, test);
} finally {
  if (!ended) await bench.close();
}
if (ended) await new Promise(() => {});

function tooSlow() {
  throw new Skipped("slow; it runs with --full");
}

async function one(bench, browser, { name, run, longest, notMet: known }) {
  const notMet = known[browser];
  const began = Date.now();
  const line = (word, note = "") => console.log(`${word} ${browser.padEnd(7)} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)${note}`);
  const notes = (mark) => bench.notes.map((note, nth) => (nth ? "; " : mark) + note).join("");
  let first;
  for (;;) {
    const running = bench.run(run);
    try {
      await within(longest, "the test", running);
      count.passed++;
      if (first) {
        count.unsteady++;
        line("unsteady", `: failed first: ${summary(first)}`);
        failures.push(described(browser, name, "failed once", first));
      } else line(notMet ? "met now" : "ok     ", notes(": "));
      return;
    } catch (error) {
      if (error instanceof Skipped) {
        count.skipped++;
        line("skipped", `: ${error.message}`);
        return;
      }
      if (notMet && error instanceof assert.AssertionError) {
        count.skipped++;
        line("not met", `: ${notMet}${notes("; ")}`);
        return;
      }
      await bench.renew();
      // A test that took too long ends by its browser's end; the next one must not meet its last steps.
      await within(20_000, "the test's end", running).catch(() => {});
      if (first) {
        count.failed++;
        failures.push(described(browser, name, "failed twice", error));
        line("FAILED ", `: ${summary(error)}`);
        return;
      }
      first = error;
    }
  }
}

function summary(error) {
  return String(error?.message ?? error).split("\n")[0];
}

function described(browser, name, how, error) {
  return `${browser}: ${name} (${how})\n${String(error?.stack ?? error).replace(/^/gm, "    ")}`;
}

for (const failure of failures) console.log(`\n${failure}`);
// Of a part the whole run tells the counts.
if (process.send) await new Promise((sent) => process.send(count, sent));
else told(count);
process.exit(count.failed ? 1 : 0);
