//! Waiting for conditions, never for times.

const PATIENCE = 10_000;

/** Thrown when something expected did not come about. */
export class NotInTime extends Error {}

/**
 * Asks again and again until the answer is true-like, and gives it back. An error counts as "not yet" and is named if it stays.
 * @template T
 * @param {string} what named in the error
 * @param {() => Promise<T> | T} ask
 * @param {number} [patience] milliseconds
 * @returns {Promise<T>}
 */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new NotInTime(`waited ${patience} ms for ${what}; last seen: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
    await pause(40);
  }
}

/** A promise's answer, or an error after so many milliseconds. */
export function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new NotInTime(`${what} took more than ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Only where the absence of something is the observation. */
export function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
