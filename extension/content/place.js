// Where card, mark and pointer go on a page that is not ours: in free space, moving nothing that a person is about to click.

(() => {
  const t = (globalThis.touchstone ??= /** @type {any} */ ({}));
  if (t.started) return;

  /** Predicted layout shift above which the smaller form is taken; a page has room for little more than one. */
  const MAX_SHIFT = 0.014;
  const BLOCKS = /^(block|flow-root|list-item|table-cell|table-caption)$/;

  const style = (/** @type {Element} */ element) => getComputedStyle(element);
  const rectOf = (/** @type {Element} */ element) => Element.prototype.getBoundingClientRect.call(element);
  const parentOf = (/** @type {Element} */ element) => {
    const parent = t.dom.parentNode(element);
    return parent instanceof Element ? parent : null;
  };
  const insertAfter = (/** @type {Node} */ node, /** @type {Element} */ after) => Element.prototype.after.call(after, node);

  /** @param {Element} element */
  const shown = (element) => {
    const { width, height } = rectOf(element);
    return width > 1 && height > 1 && style(element).visibility === "visible";
  };

  /** The first shown match of the selectors, in their order. @param {Document | Element} root @param {string[]} selectors */
  const firstShown = (root, selectors) => {
    for (const selector of selectors) {
      for (const element of t.dom.all(root, selector, 20)) if (shown(element)) return element;
    }
    return null;
  };

  /** The place beside which the page's own offer is warned of. @param {Cut} cut */
  const anchor = (cut) =>
    firstShown(document, cut.page?.place ?? []) ?? cut.elements.find(shown) ?? firstShown(document, ["h1", "main"]);

  /** Whether a block may follow the element without breaking a line, a row or a link. @param {Element} element @param {Element} parent */
  const blockMayFollow = (element, parent) => {
    const inner = style(parent);
    const column = /flex$/.test(inner.display) && inner.flexDirection === "column";
    if (!BLOCKS.test(inner.display) && !column) return false;
    if (/^(hidden|clip)$/.test(inner.overflowY) && inner.height !== "auto" && rectOf(parent).height < 120) return false;
    const { display, float } = style(element);
    return float === "none" && (column || /^(block|flex|grid|table|list-item|flow-root)$/.test(display));
  };

  /** Points of the view and what lies there, to learn afterwards what moved. */
  const sample = () => {
    const points = [];
    for (let x = 1; x < 16; x += 2) {
      for (let y = 1; y < 20; y += 2) {
        const element = document.elementFromPoint((innerWidth * x) / 16, (innerHeight * y) / 20);
        if (element && element !== document.documentElement && element !== document.body) points.push({ element, top: rectOf(element).top });
      }
    }
    return points;
  };

  /** The layout shift that a change made, as the browsers reckon it. @param {ReturnType<typeof sample>} points */
  const shiftSince = (points) => {
    let moved = 0;
    let far = 0;
    for (const { element, top } of points) {
      const by = Math.abs(rectOf(element).top - top);
      if (by < 1) continue;
      moved++;
      far = Math.max(far, by);
    }
    const impact = Math.min(1, moved / 80 + far / innerHeight);
    return moved ? (impact * far) / Math.max(innerWidth, innerHeight) : 0;
  };

  /**
   * Puts the card into the flow below the anchor, in the fullest form that moves next to nothing. False where even the slim one would.
   * @param {HTMLElement} host @param {Cut} cut @param {(on: boolean) => void} slim
   */
  const card = (host, cut, slim) => {
    let at = anchor(cut);
    if (!at) return false;
    for (let up = 0; up < 8; up++) {
      const parent = parentOf(at);
      if (!parent || parent === document.documentElement || parent === document.body) break;
      const linked = parent.closest("a,button,label,summary");
      if (!linked && blockMayFollow(at, parent)) break;
      at = linked ?? parent;
    }
    if (/^(BODY|HTML)$/.test(at.nodeName)) return false;
    const before = sample();
    slim(false);
    insertAfter(host, at);
    const fits = () => rectOf(host).width >= 180 && shiftSince(before) <= MAX_SHIFT;
    if (fits()) return true;
    slim(true);
    if (fits()) return true;
    slim(false);
    host.remove();
    return false;
  };

  /** What the text of an element covers. @param {Element} element */
  const textRect = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const own = rectOf(element);
    const rects = [...range.getClientRects()].filter(
      ({ left, right, width, height }) => width > 2 && height > 5 && right < own.right + 2 && left > own.left - 2,
    );
    const most = (/** @type {"left" | "right" | "top" | "bottom"} */ side, /** @type {(...of: number[]) => number} */ pick) =>
      pick(...rects.map((rect) => rect[side]));
    return rects.length ? { left: most("left", Math.min), right: most("right", Math.max), top: most("top", Math.min), bottom: most("bottom", Math.max) } : own;
  };

  /** Whether nothing but the background of the anchor's own surroundings lies there. */
  const free = (/** @type {Element} */ anchor, /** @type {DOMRect} */ bounds, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ w, /** @type {number} */ h) => {
    if (x < bounds.left || x + w > bounds.right || y < bounds.top - 8 || y + h > bounds.bottom + 8) return false;
    for (const dx of [2, w / 2, w - 2]) {
      const [px, py] = [x + dx, y + h / 2];
      if (px < 0 || py < 0 || px >= innerWidth || py >= innerHeight) continue;
      const hit = document.elementFromPoint(px, py);
      if (hit && !t.dom.contains(hit, anchor)) return false;
    }
    return true;
  };

  /**
   * Lays the mark over free space beside the price, else over the corner of the tile. It takes no room in the flow.
   * @param {HTMLElement} host @param {HTMLElement} root @param {Element} tile @param {Cut} cut
   */
  const mark = (host, root, tile, cut) => {
    const near = firstShown(tile, cut.page?.place ?? []) ?? (shown(tile) ? tile : null);
    if (!near) return false;
    const link = near === tile ? null : near.closest("a,button,label,summary");
    const after = link && link !== tile && t.dom.contains(tile, link) ? link : near;
    if (after === tile) Element.prototype.append.call(tile, host);
    else insertAfter(host, after);
    const bounds = rectOf(tile);
    const text = textRect(near);
    const rtl = style(near).direction === "rtl";
    const at = rectOf(host);
    const spots = [false, true].map((icon) => {
      root.classList.toggle("icon", icon);
      const { width, height } = rectOf(root);
      const y = (Math.min(text.bottom, text.top + 40) + text.top - height) / 2;
      return { icon, x: rtl ? text.left - 6 - width : text.right + 6, y, width, height };
    });
    root.style.visibility = "hidden";
    const corner = rtl ? bounds.left + 6 : bounds.right - (spots[1]?.width ?? 26) - 6;
    const spot = near !== tile && spots.find(({ x, y, width, height }) => free(near, bounds, x, y, width, height));
    root.style.visibility = "";
    root.classList.toggle("icon", spot ? spot.icon : true);
    const [x, y] = spot ? [spot.x, spot.y] : [corner, bounds.top + 6];
    root.style.translate = `${Math.round(x - at.left)}px ${Math.round(y - at.top)}px`;
    return true;
  };

  /** Whether the page is dark where the element lies. @param {Element} element */
  const dark = (element) => {
    for (let at = /** @type {Element | null} */ (element); at; at = parentOf(at)) {
      const [r = 0, g = 0, b = 0, a = 1] = (style(at).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
      if (a > 0.5) return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
    }
    return /dark/.test(style(document.documentElement).colorScheme) && matchMedia("(prefers-color-scheme: dark)").matches;
  };

  /** The page's own text size in px, within what can be read. */
  const size = () => Math.min(22, Math.max(13, parseFloat(style(document.body ?? document.documentElement).fontSize) || 14));

  const fold = (/** @type {string} */ text) => text.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();

  /** The shop's own control for reporting, found by the channel's selectors, then by its words. @param {Channel} channel */
  const control = (channel) => {
    const direct = firstShown(document, channel.selectors ?? []);
    if (direct) return direct;
    const words = new Set((channel.texts ?? []).map(fold));
    if (!words.size) return null;
    for (const element of t.dom.all(document, "a,button,summary,[role=button],[role=link],[role=menuitem],input")) {
      const texts = [t.dom.textContent(element), t.dom.attribute(element, "value"), t.dom.attribute(element, "aria-label")];
      if (texts.some((text) => text && text.length < 200 && words.has(fold(text))) && shown(element)) return element;
    }
    return null;
  };

  /** Scrolls to an element and rings it with an element of our own, until a key, a click or some seconds. @param {Element} element @param {string} label */
  const point = (element, label) => {
    t.stopPointing?.();
    const ring = t.h("div", `t ring${dark(element) ? " dark" : ""}`, t.h("span", "", label));
    ring.popover = "manual";
    const host = t.shell(ring, "");
    Element.prototype.append.call(document.documentElement, host);
    ring.style.fontSize = `${size()}px`;
    ring.showPopover();
    element.scrollIntoView({ block: "center" });
    let frame = 0;
    const follow = () => {
      frame = requestAnimationFrame(follow);
      const { left, top, width, height } = rectOf(element);
      Object.assign(ring.style, { left: `${left - 6}px`, top: `${top - 6}px`, width: `${width + 12}px`, height: `${height + 12}px` });
    };
    const ended = new AbortController();
    const { signal } = ended;
    const stop = () => {
      ended.abort();
      cancelAnimationFrame(frame);
      host.remove();
    };
    setTimeout(stop, 20_000);
    addEventListener("pointerdown", stop, { capture: true, signal });
    addEventListener("keydown", ({ key }) => key === "Escape" && stop(), { capture: true, signal });
    follow();
    t.stopPointing = stop;
  };

  t.place = { card, mark, anchor, dark, size, point, control };
})();
