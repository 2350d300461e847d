//! What the shopper sees of us in a page: the card, the marks, the ring around a control. Read from the page itself.

import assert from "node:assert/strict";
import { until } from "./wait.mjs";

/** @typedef {{form: "card"|"mark"|"ring", level: string, head: string, open: boolean, words: string}} Shown */

/** Everything of ours in the page, in document order. @returns {Promise<Shown[]>} */
export function shown(tab) {
  return tab.inside((root) => {
    const box = root.querySelector(".t");
    const head = root.querySelector(".head");
    const kind = (names) => names.find((name) => box.classList.contains(name)) ?? "";
    return {
      form: kind(["card", "mark", "ring"]),
      level: kind(["likely", "caution"]),
      head: head?.getAttribute("aria-label") ?? head?.innerText ?? "",
      open: head?.getAttribute("aria-expanded") === "true",
      words: box.innerText.replace(/\s*\n\s*/g, "\n").trim(),
    };
  });
}

/** Waits for the one warning of an offer's page: a card, or a mark where a card would move the page. @returns {Promise<Shown>} */
export function card(tab, level) {
  return until(`a warning${level ? ` that says ${level}` : ""}`, async () => {
    const cards = (await shown(tab)).filter(({ form }) => form !== "ring");
    assert.ok(cards.length < 2, `${cards.length} cards on one page`);
    return cards.find((one) => !level || one.level === level);
  });
}

/** Waits until the page carries so many marks. */
export function marks(tab, count) {
  return until(`${count} marks`, async () => {
    const found = (await shown(tab)).filter(({ form }) => form === "mark");
    return found.length === count && found;
  });
}

/** Waits until nothing of ours is left in the page. */
export function bare(tab) {
  return until("a page without anything of ours", async () => (await shown(tab)).length === 0);
}

/** Opens the card by a trusted click and gives its words. */
export async function expand(tab, root = 0) {
  await tab.clickInside(".head", root);
  return until("the opened card", async () => {
    const one = (await shown(tab))[root];
    return one?.open && one;
  });
}

/** A trusted click on the button of the opened card that bears these words (`*` for a value). */
export async function press(tab, words, root = 0) {
  const [before, after = ""] = words.split("*");
  const point = await until(`the button ${words}`, async () => {
    const points = await tab.inside(
      (where, start, end, wanted, at) => {
        if (at !== wanted) return null;
        const button = [...where.querySelectorAll("button")].find((one) => one.innerText.startsWith(start) && one.innerText.endsWith(end) && one.getClientRects().length);
        if (!button) return null;
        button.scrollIntoView({ block: "center", behavior: "instant" });
        const box = button.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      },
      before,
      after,
      root,
    );
    return points[root];
  });
  await tab.pointer(point.x, point.y);
}

/** Waits until the card says something. @param {string} words a message, `*` for a value */
export function says(tab, words) {
  const parts = words.split("*").map((part) => part.trim()).filter(Boolean);
  return until(`the words ${words}`, async () => (await shown(tab)).find((one) => parts.every((part) => one.words.includes(part))));
}

/** What the content script answers the popup of the tab at this address; nothing while there is none or its answer is about another address. */
async function stateAt(browser, address) {
  browser.listener ??= await browser.extensionPage("options/options.html");
  const state = await browser.listener.evaluate(async (wanted) => {
    for (const { id, url } of await chrome.tabs.query({})) {
      if (url !== wanted) continue;
      try {
        return await chrome.tabs.sendMessage(id, { kind: "state" }, { frameId: 0 });
      } catch {
        return null;
      }
    }
    return null;
  }, address);
  return (state?.state === "failed" || (state?.state === "read" && state.report.url === address)) && state;
}

/**
 * Waits until the content script has read the page and drawn what it had to, whatever that is: its answer to the popup says so.
 * @returns {Promise<any>} the state of the page
 */
export async function settled(browser, tab) {
  const address = await tab.url();
  return until(`the page ${address} to be read`, () => stateAt(browser, address));
}

/** Waits until the page, whatever its address is by then, is read as an offer of this title. @returns {Promise<any>} the offer */
export function offered(browser, tab, title) {
  return until(`the offer of ${title}`, async () => {
    const { report } = (await stateAt(browser, await tab.url())) || {};
    return report?.page === "product" && report.listings[0]?.title === title && report.listings[0];
  });
}
