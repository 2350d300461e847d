//! What a test does with a page, the same in both browsers. The browsers' own files supply `evaluate`, `inside`, `pointer`, `key` and the like.

import { until } from "./wait.mjs";

/** A tab, a private window's tab, an extension page or a popup. */
export class Tab {
  /** Waits until the function, run in the page, gives something true, and gives that back. */
  until(what, fn, ...args) {
    return until(what, () => this.evaluate(fn, ...args));
  }

  /** Waits until the function gives something true in one of our closed shadow roots, and gives that root's answer. */
  untilInside(what, fn, ...args) {
    return until(what, async () => (await this.inside(fn, ...args)).find(Boolean));
  }

  /** A trusted click on the first element that the selector finds in the page. */
  async click(selector) {
    const point = await this.until(`${selector} to click`, centre, selector);
    await this.pointer(point.x, point.y);
  }

  /**
   * A trusted click on a control in one of our closed shadow roots.
   * @param {string} selector
   * @param {number} [root] which root, in document order; any by default
   */
  async clickInside(selector, root) {
    const found = await until(`${selector} inside the card`, async () => {
      const points = await this.inside(centreInside, selector, root ?? null);
      return points.find(Boolean);
    });
    await this.pointer(found.x, found.y);
  }
}

/* Both run in the page. */
function centre(selector) {
  const element = document.querySelector(selector);
  if (!element) return null;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const box = element.getBoundingClientRect();
  return box.width ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
}

function centreInside(root, selector, wanted, at) {
  // What is not asked for is left where it is: brought into view, it would take the other one out of it.
  if (wanted !== null && at !== wanted) return null;
  const element = [...root.querySelectorAll(selector)].find((one) => one.getClientRects().length && !one.disabled);
  if (!element) return null;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const box = element.getBoundingClientRect();
  return box.width ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
}
