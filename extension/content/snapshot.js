// Cuts the Snapshot: the few parts of the page that the shop's plan names, as HTML skeletons.
//
// Runs on the page's own thread, so it asks native selectors and builds strings; it clones nothing. Every page is a stranger's: named form
// controls and images can hide a node's own properties (`form.children`, `document.title`), so these are read through the prototypes.

(() => {
  const t = (globalThis.touchstone ??= /** @type {any} */ ({}));
  if (t.started) return;

  const MAX_TEXT = 5_000;
  const MAX_ATTRIBUTE = 2_000;
  const MAX_REGION = 60_000;
  const MAX_SNAPSHOT = 400_000;
  const MAX_JSON_LD = 60_000;
  const MAX_JSON_LD_ALL = 120_000;
  const MAX_STATE = 20_000;
  const MAX_MICRODATA = 5;
  const MAX_DEPTH = 256;
  const MAX_FOUND = 5_000;
  const MAX_META = 400;

  /**
   * A property's getter, taken from the prototype so that no element can hide it.
   * @param {object} prototype @param {string} name @returns {(of: Node) => any}
   */
  const getter = (prototype, name) => {
    const get = /** @type {() => any} */ (/** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(prototype, name)).get);
    return (of) => get.call(of);
  };
  const nodeType = getter(Node.prototype, "nodeType");
  const firstChild = getter(Node.prototype, "firstChild");
  const nextSibling = getter(Node.prototype, "nextSibling");
  const parentNode = getter(Node.prototype, "parentNode");
  const textContent = getter(Node.prototype, "textContent");
  const data = getter(CharacterData.prototype, "data");
  const localName = getter(Element.prototype, "localName");
  const documentTitle = getter(Document.prototype, "title");
  const rootElement = getter(Document.prototype, "documentElement");

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
   * The matches of a list of selectors. Those that browsers look up by id or class are asked for one by one, many times faster than a list that
   * is tried on every element; the others are tried together. No selector of a plan holds a comma of its own.
   * @param {string} selectors @returns {Set<Element>}
   */
  const anyOf = (selectors) => {
    /** @type {Set<Element>} */
    const found = new Set();
    /** @type {string[]} */
    const alone = [];
    const others = selectors.split(", ").filter((selector) => !/^#|^[^[]+$/.test(selector) || !alone.push(selector));
    for (const selector of [...alone, others.join()]) {
      for (const element of all(document, selector, MAX_FOUND - found.size)) found.add(element);
    }
    return found;
  };

  const DROPPED = new Set(["script", "style", "svg", "noscript", "template", "iframe"]);
  const VOID = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
  /** @type {Record<string, string>} */
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  /** @param {string} text */
  const escape = (text) => (/[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c) : text);

  /** Writes one region as HTML, up to its limit. */
  class Writer {
    /** @param {Set<string>} kept @param {string} exclude */
    constructor(kept, exclude) {
      this.kept = kept;
      this.exclude = exclude;
      this.html = "";
      this.full = false;
    }

    /** @param {Element} element @returns {string} the tag's name, empty where the element is left out */
    open(element) {
      const name = localName(element);
      if (DROPPED.has(name) || (this.exclude && Element.prototype.matches.call(element, this.exclude))) return "";
      const tag = /^[a-z][a-z0-9-]*$/i.test(name) ? name : "span";
      let head = `<${tag}`;
      for (const key of Element.prototype.getAttributeNames.call(element)) {
        if (this.kept.has(key)) head += ` ${key}="${escape((attribute(element, key) ?? "").slice(0, MAX_ATTRIBUTE))}"`;
      }
      this.put(`${head}>`);
      return tag;
    }

    /** @param {string} tag */
    close(tag) {
      if (!VOID.has(tag)) this.html += `</${tag}>`;
    }

    /** @param {string} text */
    put(text) {
      if (this.html.length + text.length > MAX_REGION) this.full = true;
      else this.html += text;
    }

    /** An element with all its content. @param {Element} root */
    whole(root) {
      /** @type {string[]} */
      const tags = [];
      /** @type {Node} */
      let node = root;
      for (;;) {
        const type = nodeType(node);
        if (type === 1) {
          const tag = this.full ? "" : this.open(/** @type {Element} */ (node));
          if (tag && !this.full) {
            const child = tags.length < MAX_DEPTH ? firstChild(node) : null;
            if (child) {
              tags.push(tag);
              node = child;
              continue;
            }
            this.close(tag);
          }
        } else if (type === 3) {
          this.put(escape(data(node).slice(0, MAX_TEXT).replace(/[ \t\n\f\r]+/g, " ")));
        }
        for (;;) {
          if (node === root) return;
          const next = this.full ? null : nextSibling(node);
          if (next) {
            node = next;
            break;
          }
          node = parentNode(node);
          this.close(/** @type {string} */ (tags.pop()));
        }
      }
    }

    /**
     * A region: the picks with their content and the elements between.
     * @param {Element} element @param {Set<Node>} picks @param {Set<Node>} path @param {number} [depth]
     */
    skeleton(element, picks, path, depth = 0) {
      if (this.full || depth > MAX_DEPTH) return;
      if (picks.has(element)) {
        this.whole(element);
        return;
      }
      const tag = this.open(element);
      if (!tag || this.full) return;
      for (let child = firstChild(element); child; child = nextSibling(child)) {
        if (path.has(child)) this.skeleton(child, picks, path, depth + 1);
      }
      this.close(tag);
    }
  }

  /**
   * The outermost matches in document order that lie in no excluded part.
   * @param {string} selectors @param {string} exclude @returns {Element[]}
   */
  const outermost = (selectors, exclude) => {
    /** @type {Element[]} */
    const taken = [];
    const unread = exclude ? `noscript,${exclude}` : "noscript";
    for (const element of all(document, selectors, 500)) {
      const last = taken.at(-1);
      if (!(last && contains(last, element)) && !Element.prototype.closest.call(element, unread)) taken.push(element);
    }
    return taken;
  };

  /**
   * The picks and all that encloses them, up to the regions.
   * @param {Iterable<Element>} picks @param {Iterable<Element>} regions @returns {Set<Node>}
   */
  const pathOf = (picks, regions) => {
    /** @type {Set<Node>} */
    const path = new Set(regions);
    for (const pick of picks) {
      const chain = [];
      /** @type {Node | null} */
      let node = pick;
      for (; node && !path.has(node) && chain.length <= MAX_DEPTH; node = parentNode(node)) chain.push(node);
      if (node && chain.length <= MAX_DEPTH) for (const between of chain) path.add(between);
    }
    return path;
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

  /** The JSON value that begins at or after a place in a script. @param {string} script @param {number} from @returns {unknown} */
  const jsonAt = (script, from) => {
    const text = script.slice(from).replace(/^[\s=(:]+/, "");
    const plain = /^(?:"(?:[^"\\]|\\[^])*"|[\w.+-]+)/.exec(text);
    if (plain) return JSON.parse(plain[0]);
    let depth = 0;
    // From one structural character or string to the next.
    for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\[^])*"|[{}[\]]/g)) {
      if (token === "{" || token === "[") depth++;
      else if (token.length === 1 && --depth === 0) return JSON.parse(text.slice(0, index + 1));
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
        const at = text.indexOf(state.after);
        if (at < 0) continue;
        try {
          const json = jsonAt(text, at + state.after.length);
          for (const [name, path] of Object.entries(state.values)) {
            const value = valueAt(json, path);
            if (value === undefined || value === null) continue;
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

  const MICRODATA = new Set(["id", "class", "itemscope", "itemtype", "itemprop", "content", "href", "datetime", "value"]);

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
      truncated: false,
    };
    const kept = new Set(["id", "class", ...(plan.attributes ?? [])]);
    const where = location.pathname + location.search;
    const index = plan.pages.findIndex((page) => page.url.some((template) => fits(template, where)));
    const page = plan.pages[index];
    let size = 0;

    /** @param {Element[]} regions @param {Set<Element>} picks @param {string} exclude @param {Set<string>} attributes @param {(html: string, element: Element) => void} keep */
    const write = (regions, picks, exclude, attributes, keep) => {
      const path = pathOf(picks, regions);
      for (const element of regions) {
        const writer = new Writer(attributes, exclude);
        writer.skeleton(element, picks, path);
        size += writer.html.length;
        if (writer.full || size > MAX_SNAPSHOT) snapshot.truncated = true;
        if (size <= MAX_SNAPSHOT && writer.html) keep(writer.html, element);
      }
    };

    /** @type {Element[]} */
    const elements = [];
    if (page) {
      write(outermost(page.regions, page.exclude), anyOf(page.picks), page.exclude, kept, (html, element) => {
        elements.push(element);
        snapshot.regions.push({ role: page.role, html });
      });
      if (all(document, page.unreadable, 1)[0]) {
        snapshot.regions.push({ role: "page", html: "<unreadable></unreadable>" });
      }
      readStates(plan, index, snapshot);
    }
    readStructured(snapshot);
    if (!plan.marketplace && !page) {
      const products = all(document, '[itemscope][itemtype*="schema.org/Product"]', MAX_MICRODATA);
      write(products, new Set(all(document, "[itemprop]")), "", MICRODATA, (html) => snapshot.structured.microdata.push(html));
    }
    return { snapshot, elements, page: page ?? null };
  };

  /** Helpers that the other scripts of the page share. */
  t.dom = { all, attribute, contains, parentNode, textContent };
})();
