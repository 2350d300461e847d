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
/** The compiled data files. @type {Uint8Array | undefined} */
let rules;

/** @param {string} file of the package @returns {URL} */
const own = (file) => new URL(`../core/${file}`, import.meta.url);

const load = async () => {
  const [answer] = await Promise.all([fetch(own("rules.bin")), init({ module_or_path: own("touchstone_bg.wasm") })]);
  rules = new Uint8Array(await answer.arrayBuffer());
};

const start = () => {
  started ??= load().then(
    () => core.start(/** @type {Uint8Array} */ (rules)),
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
    core.start(/** @type {Uint8Array} */ (rules));
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
