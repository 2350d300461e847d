// Where card, mark and pointer go on a page that is not ours: in free space, moving nothing that a person is about to click.

(() => {
  const t = (globalThis.touchstone ??= /** @type {any} */ ({}));
  if (t.started) return;

  /** Predicted layout shift above which the smaller form is taken; a page has room for little more than one. */
  const MAX_SHIFT = 0.0165;
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

  /**
   * Notes what lies at points of the view, also below a layer that covers the page. What it gives tells the layout shift that was made
   * since, as the browsers reckon it.
   */
  const watchShift = () => {
    const tops = new Map();
    /** @type {Element[][]} */
    const points = [];
    for (let x = 1; x < 16; x += 2) {
      for (let y = 1; y < 20; y += 2) {
        const there = document.elementsFromPoint((innerWidth * x) / 16, (innerHeight * y) / 20).slice(0, 9);
        points.push(there);
        for (const element of there) tops.set(element, rectOf(element).top);
      }
    }
    return () => {
      let moved = 0;
      let far = 0;
      for (const there of points) {
        const by = Math.max(0, ...there.map((element) => Math.abs(rectOf(element).top - tops.get(element))));
        if (by < 1) continue;
        moved++;
        far = Math.max(far, by);
      }
      return ((moved / points.length) * far) / Math.max(innerWidth, innerHeight);
    };
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
    const shift = watchShift();
    insertAfter(host, at);
    for (const on of [false, true]) {
      slim(on);
      if (rectOf(host).width >= 180 && shift() <= MAX_SHIFT) return true;
    }
    host.remove();
    return false;
  };

  /** Where the shown text of an element lies. @param {Element} element */
  const texts = (element) => {
    const own = rectOf(element);
    const range = document.createRange();
    // 4 is text.
    const walker = document.createTreeWalker(element, 4);
    /** @type {DOMRect[]} */
    const rects = [];
    for (let node = walker.nextNode(); node && rects.length < 200; node = walker.nextNode()) {
      range.selectNodeContents(node);
      if (shown(t.dom.parentNode(node))) rects.push(...range.getClientRects());
    }
    return rects.filter(({ left, right, width, height }) => width > 2 && height > 5 && right < own.right + 2 && left > own.left - 2);
  };

  /**
   * Lays the mark over free space beside the price, else over a corner of the tile. It takes no room in the flow.
   * @param {HTMLElement} host @param {HTMLElement} root @param {Element} tile @param {Cut} cut
   */
  const mark = (host, root, tile, cut) => {
    const near = firstShown(tile, cut.page?.place ?? []) ?? (shown(tile) ? tile : null);
    if (!near) return false;
    const link = near === tile ? null : near.closest("a,button,label,summary");
    const after = link && link !== tile && t.dom.contains(tile, link) ? link : near;
    if (after === tile) Element.prototype.append.call(tile, host);
    else insertAfter(host, after);
    root.style.visibility = "hidden";
    const bounds = rectOf(tile);
    const words = texts(tile);
    const beside = texts(near);
    if (!beside[0]) beside.push(rectOf(near));
    const edge = (/** @type {(...of: number[]) => number} */ pick, /** @type {"left" | "right" | "top" | "bottom"} */ side) => pick(...beside.map((rect) => rect[side]));
    const line = edge(Math.min, "top");
    const rtl = style(near).direction === "rtl";
    const at = rectOf(host);

    /** Moves the mark there; false where it would leave the tile or cover words or what the selector names. @param {number} x @param {number} y @param {string} taken */
    const put = (x, y, taken) => {
      root.style.translate = `${Math.round(x - at.left)}px ${Math.round(y - at.top)}px`;
      const own = rectOf(root);
      if (own.left < bounds.left || own.right > bounds.right) return false;
      // Also of a tile that is out of view, where nothing can be hit.
      const things = t.dom.all(tile, taken).filter((one) => !t.dom.contains(one, near)).map(rectOf);
      return ![...words, ...things].some(({ left, right, top, bottom }) => left < own.right && right > own.left && top < own.bottom - 4 && bottom > own.top + 4);
    };
    const placed =
      near !== tile &&
      [false, true].some((icon) => {
        root.classList.toggle("icon", icon);
        const { width, height } = rectOf(root);
        const y = (Math.min(edge(Math.max, "bottom"), line + 40) + line - height) / 2;
        return put(rtl ? edge(Math.min, "left") - 6 - width : edge(Math.max, "right") + 6, y, "img,svg,button,input,[role=button]");
      });
    if (!placed) {
      root.classList.add("icon");
      const { width, height } = rectOf(root);
      const x = rtl ? bounds.left + 6 : bounds.right - width - 6;
      const top = bounds.top + 6;
      // It stays where it was put last.
      [top, bounds.bottom - height - 6, top].some((y) => put(x, y, "button,[role=button]"));
    }
    root.style.visibility = "";
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

  /** The page's own text size, within what can be read. */
  const size = () => `clamp(13px,${style(document.body ?? document.documentElement).fontSize},22px)`;

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
    ring.style.fontSize = size();
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
