// The Rust core: started once, and started anew after a panic. It holds nothing that must survive.

import init, * as core from "../core/touchstone.js";

/** An error that crosses to a page as a value. */
export class Failure extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @type {Promise<void> | undefined} */
let started;

const start = () => {
  started ??= init({ module_or_path: new URL("../core/touchstone_bg.wasm", import.meta.url) }).then(
    () => core.start(),
    (error) => {
      started = undefined;
      throw new Failure("core-unavailable", `The browser did not start the core: ${error?.message ?? error}`);
    },
  );
  return started;
};

/** A Rust panic leaves a trap; the instance may not be used again. */
const restart = () => {
  try {
    core.__wbg_reset_state();
    core.start();
  } catch {
    started = undefined;
  }
};

/**
 * Calls the core. What it throws comes out as a Failure.
 * @template T
 * @param {(exports: typeof core) => T | Promise<T>} use
 * @returns {Promise<T>}
 */
export const withCore = async (use) => {
  await start();
  try {
    return await use(core);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      restart();
      throw new Failure("core-panicked", "The core stopped on this page and was started anew.");
    }
    const { code, message } = /** @type {{ code?: unknown, message?: unknown }} */ (error ?? {});
    throw new Failure(typeof code === "string" ? code : "core-error", String(message ?? error));
  }
};
