//! A copy of the built extension in which something is otherwise, to see what follows.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** A copy of the built extension, changed by `change(folder)`: its folder, and how it goes away. */
export async function copied(extension, change) {
  const home = await mkdtemp(path.join(os.tmpdir(), "touchstone-copy-"));
  const folder = path.join(home, "extension");
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    await cp(extension, folder, { recursive: true });
    await change(folder);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

/** The same for as long as `use(folder)` runs. */
export async function changed(bench, change, use) {
  const { folder, remove } = await copied(bench.extension, change);
  try {
    await use(folder);
  } finally {
    await remove();
  }
}

/** Rewrites one file and insists that something changed. */
export async function edit(folder, name, rewrite) {
  const file = path.join(folder, name);
  const before = await readFile(file, "utf8");
  const after = rewrite(before);
  assert.notEqual(after, before, `${name} was not changed`);
  await writeFile(file, after);
}
