// Cuts the Snapshot: the few parts of the page that the shop's plan names, as HTML skeletons.
//
// Runs on the page's own thread, so it asks native selectors and builds strings; it clones nothing. Every page is a stranger's: named form
// controls and images can hide a node's own properties (`form.children`, `document.title`), so these are read through the prototypes.

(() => {
  const t = (globalThis.touchstone ??= /** @type {any} */ ({}));
  if (t.started) return;

  const MAX_TEXT = 5_000;
  const MAX_ATTRIBUTE = 2_000;
  const MAX_PICK = 30_000;
  const MAX_SNAPSHOT = 400_000;
  const MAX_JSON_LD = 60_000;
  const MAX_JSON_LD_ALL = 120_000;
  const MAX_STATE = 20_000;
  const MAX_DEPTH = 256;
  const MAX_FOUND = 5_000;
  const MAX_REGIONS = 500;
  const MAX_KNOWN = 5_000;
  const MAX_META = 400;
  /** Parts of the page that are there and not to be seen, by what every reader of the page can tell; what streams in (`S:1`) will be shown. */
  const HIDDEN = '[hidden]:not([id^="S:"]),[style*="display:none"],[style*="display: none"]';

  /**
   * A property's getter, taken from the prototype so that no element can hide it.
   * @param {object} prototype @param {string} name @returns {(of: Node) => any}
   */
  const getter = (prototype, name) => {
    const get = /** @type {() => any} */ (/** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(prototype, name)).get);
    return (of) => get.call(of);
  };
  const parentNode = getter(Node.prototype, "parentNode");
  const textContent = getter(Node.prototype, "textContent");
  const localName = getter(Element.prototype, "localName");
  const id = getter(Element.prototype, "id");
  const className = getter(Element.prototype, "className");
  const outerHTML = getter(Element.prototype, "outerHTML");
  const documentTitle = getter(Document.prototype, "title");
  const rootElement = getter(Document.prototype, "documentElement");
  const { closest, matches } = Element.prototype;

  /** @param {Node} node @param {Node} other @returns {boolean} */
  const contains = (node, other) => Node.prototype.contains.call(node, other);
  /** @param {Element} element @param {string} name @returns {string | null} */
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
  /**
   * The first matches below a node; none where the selector is empty or not understood.
   * @param {Document | Element} root @param {string} selector @param {number} [most] @returns {Element[]}
   */
  const all = (root, selector, most = MAX_FOUND) => {
    if (!selector) return [];
    try {
      const prototype = root === document ? Document.prototype : Element.prototype;
      return [...prototype.querySelectorAll.call(root, selector)].slice(0, most);
    } catch {
      return [];
    }
  };
  /**
   * The matches of some selectors, one selector after the other: browsers answer most single ones from tables, and try a list on every element.
   * What lies under an id that the page has not is not asked for.
   * @param {string[]} selectors @param {Document | Element} [root] @returns {Element[]}
   */
  const anyOf = (selectors, root = document) =>
    selectors.flatMap((selector) => {
      const under = /^#([\w-]+)(?![\\\w-])/.exec(selector)?.[1];
      return under && !Document.prototype.getElementById.call(document, under) ? [] : all(root, selector);
    });

  /** For sorting in the page's order; 4 says that the other one follows. @param {Node} a @param {Node} b */
  const inOrder = (a, b) => (Node.prototype.compareDocumentPosition.call(a, b) & 4 ? -1 : 1);

  const VOID = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
  /** @type {Record<string, string>} */
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  /** @param {string} text */
  const escape = (text) => (/[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c) : text);

  /** Writes the elements of one page. */
  class Writer {
    /** @param {PlanPage} page */
    constructor({ names, parts, attributes, between }) {
      this.names = names && new Set(names);
      this.parts = parts[0] ? new RegExp(parts.map((part) => part.replace(/[^\w-]/g, "\\$&")).join("|")) : null;
      this.attributes = attributes;
      this.between = between;
      /** Ids and classes repeat. @type {Map<string, string>} */
      this.known = new Map();
    }

    /** An id or a list of classes without the names that no selector asks for. @param {string} key @param {unknown} value @returns {string} */
    named(key, value) {
      if (!value || typeof value !== "string") return "";
      let kept = this.known.get(value);
      if (kept === undefined) {
        const { names, parts } = this;
        kept = names ? value.split(/\s+/).filter((name) => names.has(name) || parts?.test(name)).join(" ") : value;
        if (this.known.size > MAX_KNOWN) this.known.clear();
        this.known.set(value, kept);
      }
      return kept && ` ${key}="${escape(kept)}"`;
    }

    /**
     * An element's tag with what is read of it.
     * @param {Element} element @param {string[]} attributes @param {string} content @returns {string}
     */
    tag(element, attributes, content) {
      const name = localName(element);
      const tag = /^[a-z][a-z0-9-]*$/i.test(name) ? name : "span";
      let html = `<${tag}${this.named("id", id(element))}${this.named("class", className(element))}`;
      for (const key of attributes) {
        const value = attribute(element, key);
        if (value !== null) html += ` ${key}="${escape(value.slice(0, MAX_ATTRIBUTE))}"`;
      }
      return VOID.has(tag) ? `${html}>` : `${html}>${content}</${tag}>`;
    }

    /**
     * An element with its content, as the browser itself writes it: node by node would take many times as long. Of a very long one the text.
     * @param {Element} element @returns {string}
     */
    whole(element) {
      const html = outerHTML(element);
      if (html.length <= MAX_PICK) return html;
      const text = html.replace(/<(script|style|svg|noscript|template|iframe)\b[^]*?<\/\1\s*>|<!--[^]*?-->|<[^>]*>/gi, " ");
      return this.tag(element, this.between, text.replace(/\s+/g, " ").slice(0, MAX_TEXT).replace(/&[^;]*$/, ""));
    }

    /**
     * The regions with the picks in them and the elements between. One that is kept whole is not looked into.
     * @param {Element[]} regions @param {Element[]} wholes @param {Map<Element, string[]>} heads with their attributes
     * @param {string} pruned @param {Snapshot} snapshot @returns {string[]} a region's HTML each
     */
    regions(regions, wholes, heads, pruned, snapshot) {
      /** What is kept of an element: elements inside it, or its whole HTML. @type {Map<Node | null, Element[] | string>} */
      const kept = new Map();
      const entire = new Set(wholes);
      let size = 0;
      for (const region of regions) {
        kept.set(region, []);
        heads.set(region, [...this.attributes, ...(heads.get(region) ?? this.between)]);
      }
      for (const pick of new Set([...entire, ...heads.keys()])) {
        const chain = [];
        /** @type {Node | null} */
        let node = pick;
        while (node && !kept.has(node) && chain.length <= MAX_DEPTH && !(node !== pick && entire.has(/** @type {Element} */ (node)))) {
          // Where a part that is left out begins, nothing is kept; every element is asked once, and not once for each pick in it.
          if (pruned && node !== document && matches.call(node, pruned)) kept.set(node, "");
          else {
            chain.push(/** @type {Element} */ (node));
            node = parentNode(node);
          }
        }
        let inside = kept.get(node);
        if (typeof inside !== "object" || chain.length > MAX_DEPTH) continue;
        let html = "";
        if (entire.has(pick)) {
          html = this.whole(pick);
          size += html.length;
          if (size > MAX_SNAPSHOT) {
            snapshot.truncated = true;
            continue;
          }
        }
        for (const between of chain.reverse()) {
          inside.push(between);
          kept.set(between, (inside = []));
        }
        if (html) kept.set(pick, html);
      }
      /** @param {Element} element @returns {string} */
      const write = (element) => {
        const inside = kept.get(element);
        if (typeof inside !== "object") return inside ?? "";
        // The selectors were asked one after the other.
        if (inside.length > 1) inside.sort(inOrder);
        return this.tag(element, heads.get(element) ?? this.between, inside.map(write).join(""));
      };
      return regions.map(write);
    }
  }

  /** Of each kind of page, kept from one cut to the next. @type {WeakMap<PlanPage, Writer>} */
  const writers = new WeakMap();
  /** @param {PlanPage} page @returns {Writer} */
  const writerOf = (page) => {
    let writer = writers.get(page);
    if (!writer) writers.set(page, (writer = new Writer(page)));
    return writer;
  };

  /** Of elements in document order those that lie in no other. @param {Element[]} elements @returns {Element[]} */
  const outer = (elements) => {
    /** @type {Element[]} */
    const taken = [];
    for (const element of elements) {
      const last = taken.at(-1);
      if (!last || !contains(last, element)) taken.push(element);
    }
    return taken;
  };

  /**
   * The outermost matches in document order that lie in no excluded part. Where they make one offer, of several that a selector matches (the
   * page that was left and the one that is shown) only those that may be seen.
   * @param {string[]} selectors @param {string} exclude @param {boolean} [one] @returns {Element[]}
   */
  const outermost = (selectors, exclude, one) => {
    const unread = exclude ? `noscript,${exclude}` : "noscript";
    // Those of each selector first: to compare the places of elements takes as long as they lie deep.
    const lists = selectors
      .map((selector) => {
        const list = outer(anyOf([selector]));
        const seen = one && list[1] ? list.filter((element) => !closest.call(element, `${unread},${HIDDEN}`)) : [];
        return seen[0] ? seen : list;
      })
      .filter((list) => list[0]);
    const found = [...new Set(lists.flat())];
    if (lists.length > 1) found.sort(inOrder);
    // Results mostly stand side by side.
    const parents = new Map();
    return outer(found.slice(0, MAX_REGIONS)).filter((element) => {
      if (matches.call(element, unread)) return false;
      const parent = parentNode(element);
      if (!parents.has(parent)) parents.set(parent, parent === document || !closest.call(parent, unread));
      return parents.get(parent);
    });
  };

  /** Whether a template, in which `*` is any run of characters, fits the whole text. @param {string} template @param {string} text */
  const fits = (template, text) => {
    const parts = template.split("*");
    let at = 0;
    for (const [i, part] of parts.entries()) {
      const last = i > 0 && i === parts.length - 1;
      const found = last ? text.length - part.length : text.indexOf(part, at);
      if (found < at || (i === 0 && found > 0) || !text.startsWith(part, found)) return false;
      at = found + part.length;
    }
    return at === text.length;
  };

  /**
   * The JSON value that begins at or after a place in a script. Where the text before that place holds a backslash, both lie in a text of the script.
   * @param {string} script @param {string} after @returns {unknown}
   */
  const jsonAfter = (script, after) => {
    let text = script.slice(script.indexOf(after) + after.length).replace(/^[\s=(:]+/, "");
    if (after.includes("\\")) text = text.replace(/\\([^u])/g, "$1");
    const plain = /^(?:"(?:[^"\\]|\\[^])*"|[\w.+-]+)/.exec(text);
    if (plain) return JSON.parse(plain[0]);
    let depth = 0;
    // From one structural character or string to the next.
    for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\[^])*"|[{}[\]]/g)) {
      if (token === "{" || token === "[") depth++;
      else if (!token[1] && --depth === 0) return JSON.parse(text.slice(0, index + 1));
    }
    return undefined;
  };

  /** The value at a path such as `data.items[*].title`. @param {any} value @param {string} path @returns {unknown} */
  const valueAt = (value, path) => {
    const steps = path.match(/[^.[\]]+/g) ?? [];
    /** @param {any} at @param {number} step @returns {any} */
    const walk = (at, step) => {
      if (step === steps.length) return at;
      if (at === null || typeof at !== "object") return undefined;
      const name = /** @type {string} */ (steps[step]);
      if (name === "*") return Array.isArray(at) ? at.map((each) => walk(each, step + 1) ?? null) : undefined;
      return Object.hasOwn(at, name) ? walk(at[name], step + 1) : undefined;
    };
    return walk(value, 0);
  };

  /** @param {TouchstonePlan} plan @param {number} page @param {Snapshot} snapshot */
  const readStates = (plan, page, snapshot) => {
    let size = 0;
    for (const state of plan.states ?? []) {
      if (state.page !== page) continue;
      for (const script of all(document, state.script)) {
        const text = textContent(script);
        if (!text.includes(state.after)) continue;
        try {
          const json = jsonAfter(text, state.after);
          for (const [name, path] of Object.entries(state.values)) {
            const value = valueAt(json, path);
            if ((value ?? null) === null) continue;
            const length = JSON.stringify(value).length;
            if (size + length > MAX_STATE) snapshot.truncated = true;
            else {
              size += length;
              snapshot.state[name] = value;
            }
          }
        } catch {
          // A script that is not the JSON it used to be tells nothing.
        }
        break;
      }
    }
  };

  /** @param {Snapshot} snapshot */
  const readStructured = (snapshot) => {
    let size = 0;
    for (const script of all(document, 'script[type="application/ld+json"]')) {
      const text = textContent(script);
      if (text.length > MAX_JSON_LD || size + text.length > MAX_JSON_LD_ALL) snapshot.truncated = true;
      else {
        size += text.length;
        snapshot.structured.jsonLd.push(text);
      }
    }
    for (const meta of all(document, "meta[content]", MAX_META)) {
      const key = attribute(meta, "property") ?? attribute(meta, "name") ?? attribute(meta, "itemprop");
      const content = attribute(meta, "content");
      if (key && content) snapshot.structured.meta.push([key, content.slice(0, MAX_TEXT)]);
    }
    for (const link of all(document, 'link[rel="canonical"][href]', 1)) snapshot.structured.canonical = attribute(link, "href");
  };

  /**
   * Cuts the Snapshot of the document by a plan.
   * @param {TouchstonePlan} plan @returns {Cut}
   */
  t.cut = (plan) => {
    /** @type {Snapshot} */
    const snapshot = {
      url: location.href,
      language: attribute(rootElement(document), "lang"),
      title: documentTitle(document).slice(0, MAX_TEXT) || null,
      regions: [],
      structured: { jsonLd: [], meta: [], canonical: null, microdata: [] },
      state: {},
      obstacle: null,
      truncated: false,
    };
    const where = location.pathname + location.search;
    const index = plan.pages.findIndex((page) => page.url.some((template) => fits(template, where) || fits(template, location.hostname + where)));
    const page = plan.pages[index];
    /** @type {Element[]} */
    let elements = [];
    if (page) {
      const { marks } = page;
      // Cards of a page of which nothing is known lie in the region that is its whole body.
      const tiles = marks ? outermost(marks.tiles, page.exclude) : [];
      elements = [...tiles, ...outermost(page.regions, page.exclude, page.role === "offer")];
      // The smallest part of the page that holds all regions: nothing else need be looked through.
      let root = parentNode(elements[0] ?? rootElement(document));
      while (root !== document && !contains(root, /** @type {Element} */ (elements.at(-1)))) root = parentNode(root);
      const found = anyOf(page.wholes, root);
      const wholes = marks ? touchstoneMarked(marks, found) : found;
      /** @type {Map<Element, string[]>} */
      const heads = new Map();
      for (const [selector, attributes] of page.heads) {
        const own = [...page.between, ...attributes];
        for (const head of anyOf([selector], root)) {
          const known = heads.get(head);
          heads.set(head, known ? [...new Set([...known, ...own])] : own);
        }
      }
      for (const [at, html] of writerOf(page).regions(elements, wholes, heads, page.pruned, snapshot).entries()) {
        snapshot.regions.push({ role: at < tiles.length ? "tile" : page.role, html });
      }
      if (!elements[0] || !wholes[0]) snapshot.obstacle = page.obstacles.find(([at]) => all(document, at, 1)[0])?.[1] ?? null;
      readStates(plan, index, snapshot);
    }
    if (!page || page.structured) readStructured(snapshot);
    if (page?.marks) touchstoneMarked.microdata(outermost, Writer, snapshot);
    return { snapshot, elements, page: page ?? null };
  };

  /** Helpers that the other scripts of the page share. */
  t.dom = { all, attribute, contains, getter, parentNode, textContent };
})();
