//! How long the core takes to start, as the background starts it: the module compiled, then the carried engine read. Medians, in milliseconds.
//!
//!     ./build.sh build && node tests/bench/start.mjs

import { spawnSync } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROUNDS = 9;
const core = fileURLToPath(new URL("../../target/extension/chrome/core/", import.meta.url));

if (process.argv[2]) {
  // A fresh process each round: a module that ran before is compiled better.
  const { default: init, start } = await import(pathToFileURL(process.argv[2]).href);
  const [wasm, rules] = await Promise.all([readFile(path.join(core, "touchstone_bg.wasm")), readFile(path.join(core, "rules.bin"))]);
  const began = performance.now();
  await init({ module_or_path: wasm });
  const compiled = performance.now();
  start(rules);
  console.log(`${compiled - began} ${performance.now() - compiled}`);
} else {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-start-"));
  try {
    const script = path.join(folder, "touchstone.mjs");
    await copyFile(path.join(core, "touchstone.js"), script);
    const rounds = Array.from({ length: ROUNDS }, () => {
      const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), script], { encoding: "utf8" });
      if (run.status !== 0) throw new Error(run.stderr);
      return run.stdout.trim().split(" ").map(Number);
    });
    const median = (at) => rounds.map((round) => round[at]).sort((a, b) => a - b)[ROUNDS >> 1].toFixed(0);
    console.log(`module ${median(0)} ms, engine ${median(1)} ms`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
