//! Runs the tests of several browsers at the same time, each browser's in a process of its own: a test mostly waits for its browser. What measures
//! time runs when all others are done, one browser after the other.

import { spawn } from "node:child_process";

/** What a run counts. */
export const NOTHING = Object.freeze({ passed: 0, unsteady: 0, failed: 0, skipped: 0 });

/**
 * Starts a program that runs one browser's tests, for each browser and for both parts, and passes on what it prints.
 * @param {string} program @param {string[]} parameters @param {string[]} browsers
 * @returns {Promise<typeof NOTHING>} the counts of all; a process that ended without counts is one failure
 */
export async function together(program, parameters, browsers) {
  const children = new Set();
  const stop = (signal) => {
    for (const child of children) child.kill(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop(signal));

  const run = (browser, part) =>
    new Promise((done) => {
      const child = spawn(process.execPath, [program, ...parameters, "--browser", browser, "--part", part], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
      children.add(child);
      let count;
      child.on("message", (message) => (count = message));
      child.on("error", () => done({ ...NOTHING, failed: 1 }));
      child.on("close", (code, signal) => {
        children.delete(child);
        if (!count) console.log(`the tests in ${browser} ended early (${signal ?? `exit status ${code}`})`);
        done(count ?? { ...NOTHING, failed: 1 });
      });
    });

  const counts = await Promise.all(browsers.map((browser) => run(browser, "beside")));
  for (const browser of browsers) counts.push(await run(browser, "alone"));
  const sum = (key) => counts.reduce((all, one) => all + one[key], 0);
  return { passed: sum("passed"), unsteady: sum("unsteady"), failed: sum("failed"), skipped: sum("skipped") };
}
