//! The layout shift that a change made, reckoned from where a page's elements lie: for a browser that does not tell it, and to check the one that does.
//! After the definition of the Layout Instability API: the share of the view that what moved covers before or after, times the farthest move.

const CELL = 10;
/** Moves that count, in px. */
const LEAST = 3;

/** Where the page's own visible elements lie; ours has neither attributes nor content. Runs in the page. */
function layout() {
  const elements = [...document.querySelectorAll("body *")].filter((one) => one.attributes.length || one.hasChildNodes() || one.localName !== "div");
  const boxes = elements.map((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const seen = right > left && bottom > top && one.checkVisibility({ visibilityProperty: true });
    return seen ? [left, top, right, bottom] : null;
  });
  return { boxes, width: innerWidth, height: innerHeight };
}

/** @param {import("./tab.mjs").Tab} tab */
export const layoutOf = (tab) => tab.evaluate(layout);

/** The shift between two layouts of the same elements. @param {Awaited<ReturnType<typeof layoutOf>>} before @param {Awaited<ReturnType<typeof layoutOf>>} after */
export function shiftBetween(before, after) {
  if (before.boxes.length !== after.boxes.length) throw new Error("the page itself changed meanwhile");
  const { width, height } = after;
  const [columns, rows] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
  const covered = new Set();
  const cover = ([left, top, right, bottom]) => {
    for (let y = Math.max(0, Math.floor(top / CELL)); y < Math.min(rows, bottom / CELL); y++) {
      for (let x = Math.max(0, Math.floor(left / CELL)); x < Math.min(columns, right / CELL); x++) covered.add(y * columns + x);
    }
  };
  let farthest = 0;
  for (const [at, box] of before.boxes.entries()) {
    const now = after.boxes[at];
    if (!box || !now) continue;
    const move = Math.max(Math.abs(now[0] - box[0]), Math.abs(now[1] - box[1]));
    const inView = [box, now].some(([left, top, right, bottom]) => right > 0 && bottom > 0 && left < width && top < height);
    if (move < LEAST || !inView) continue;
    farthest = Math.max(farthest, move);
    cover(box);
    cover(now);
  }
  return (covered.size / (columns * rows)) * (Math.min(farthest, Math.max(width, height)) / Math.max(width, height));
}
