// Finds on a page of which nothing is known what its own texts point out: amounts of money, names of facts with what stands beside them, and
// the controls that buy. The build adds this to the plans that ask for it. `src/cli/marks.rs` does the same for saved files.

(() => {
  const MOST = 600;
  const MAX_NODE = 120;
  const MAX_AMOUNT = 80;
  const CLIMB = 6;
  /** Elements that lie in more of the body are not kept. */
  const MAX_DEPTH = 256;
  const UNREAD = "script,style,noscript,template,iframe,svg,textarea,select";
  const DIGIT = /[0-9٠-٩۰-۹०-९０-９]/;
  /** Scripts that write no spaces between words. */
  const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/;

  /** @param {Marks} marks @param {Element[]} wholes @returns {Element[]} */
  const touchstoneMarked = ({ longest, amounts, labels, buttons }, wholes) => {
    const { all, parentNode, textContent } = globalThis.touchstone.dom;
    const amount = new RegExp(amounts);
    const label = new RegExp(`^(?:${labels})`);
    const button = new RegExp(`^(?:${buttons})$`);
    const squeezed = (/** @type {string} */ text) => text.replace(/\s+/g, " ").trim();
    const [body] = all(document, "body", 1);
    if (!body) return [];
    /** @type {Map<Node | null, number>} */
    const depths = new Map([[body, 0]]);
    /** Whether an element would not be kept, as deep as it lies. @param {Node | null} element */
    const isDeep = (element) => {
      const unknown = [];
      let outer = element;
      for (; outer && !depths.has(outer); outer = parentNode(outer)) unknown.push(outer);
      let depth = depths.get(outer) ?? 0;
      while (unknown.length) depths.set(/** @type {Node} */ (unknown.pop()), ++depth);
      return depth > MAX_DEPTH;
    };
    /** Each asked once: many texts lie in the same element, and what encloses an element holds its text again. @type {Map<Node, string | null>} */
    const texts = new Map();
    /** An element's text; null of one that is long, or that lies too deep to be kept. @param {Node} element @returns {string | null} */
    const textOf = (element) => {
      let text = texts.get(element);
      if (text === undefined) {
        const raw = isDeep(element) ? null : textContent(element);
        text = raw !== null && raw.length <= longest * 20 ? squeezed(raw) : null;
        if (text !== null && text.length > longest) text = null;
        texts.set(element, text);
      }
      return text;
    };
    const found = new Set(wholes.filter((element) => textOf(element) !== null));
    /** @param {Node} node @param {(text: string) => boolean} enough */
    const climb = (node, enough) => {
      let element = parentNode(node);
      for (let step = 0; step < CLIMB && element && element !== body; step++, element = parentNode(element)) {
        const text = textOf(element);
        if (text === null) return null;
        if (enough(text)) return element;
      }
      return null;
    };
    const walker = Document.prototype.createTreeWalker.call(document, body, NodeFilter.SHOW_TEXT);
    const most = found.size + MOST;
    for (let node = walker.nextNode(); node && found.size < most; node = walker.nextNode()) {
      const raw = /** @type {Text} */ (node).data;
      if (raw.length > MAX_NODE * 20) continue;
      const text = squeezed(raw).toLowerCase();
      if (!text || text.length > MAX_NODE) continue;
      let pick = null;
      const named = label.exec(text)?.[0];
      const goesOn = named && /\p{L}/u.test(text.charAt(named.length)) && !UNSPACED.test(named.slice(-1));
      if (button.test(text)) pick = parentNode(node);
      else if (named && !goesOn) pick = climb(node, (whole) => whole.replace(/[\s:：]+$/, "").length > named.length + 1);
      else if ((DIGIT.test(text) || text.length <= 6) && text.length <= MAX_AMOUNT && amount.test(text)) {
        pick = climb(node, (whole) => DIGIT.test(whole));
      }
      if (pick && !isDeep(pick) && !Element.prototype.closest.call(pick, UNREAD)) found.add(pick);
    }
    return [...found];
  };

  /** What is kept of a product in microdata or RDFa. @type {any} */
  const MICRODATA = { names: null, parts: [], between: [], attributes: ["itemscope", "itemtype", "itemprop", "typeof", "property", "content", "href", "src", "resource", "datetime", "value"] };
  const PRODUCTS = ['[itemscope][itemtype*="schema.org/Product"]', '[typeof~="Product"]', '[typeof$=":Product"]'];
  const MAX_MICRODATA = 5;

  /** @param {(selectors: string[], exclude: string) => Element[]} outermost @param {any} Writer @param {Snapshot} snapshot */
  const microdata = (outermost, Writer, snapshot) => {
    const { all } = globalThis.touchstone.dom;
    const products = outermost(PRODUCTS, "").slice(0, MAX_MICRODATA);
    const inside = (/** @type {string[]} */ ...selectors) => products.flatMap((product) => selectors.flatMap((selector) => all(product, selector)));
    const wholes = inside("[itemprop]:not([itemscope])", "[property]:not([typeof])");
    const scopes = new Map(inside("[itemscope]", "[typeof]").map((scope) => [scope, MICRODATA.attributes]));
    snapshot.structured.microdata = new Writer(MICRODATA).regions(products, wholes, scopes, "", snapshot);
  };

  globalThis.touchstoneMarked = Object.assign(touchstoneMarked, { microdata });
})();
