// How the page is built, for a note that a person asked for in the popup: tags, ids, classes and the names of data- attributes of its main part.
// No text and no other value is read. It runs on request alone, and its last value is the answer. `src/cli/structure.rs` does the same.

(() => {
  const MOST = 1_500;
  const DEEPEST = 40;
  /** Neighbours that look alike beyond these tell nothing. */
  const ALIKE = 3;
  const LONGEST_NAME = 200;
  const LONGEST = 20_000;
  /** A main part with fewer elements is an empty frame. */
  const FEWEST = 10;
  const UNREAD = new Set(["script", "style", "svg", "noscript", "template", "iframe", "link", "meta", "option", "source", "br"]);

  const { all, attribute, getter } = globalThis.touchstone.dom;
  const localName = getter(Element.prototype, "localName");
  const firstChild = getter(Element.prototype, "firstElementChild");
  const nextSibling = getter(Element.prototype, "nextElementSibling");
  const root = all(document, "main, [role='main'], #main, #content", 20).find((one) => all(one, "*", FEWEST).length >= FEWEST);

  /** @type {Part[]} */
  const parts = [];
  let size = 0;
  /** @param {Element} element @param {number} depth */
  const walk = (element, depth) => {
    if (depth > DEEPEST || parts.length >= MOST) return;
    const name = (/** @type {string} */ key) => (attribute(element, key) ?? "").slice(0, LONGEST_NAME);
    const data = Element.prototype.getAttributeNames.call(element).filter((key) => key.startsWith("data-")).sort().slice(0, 20);
    const [tag, id, classes] = [localName(element), name("id"), name("class")];
    size += tag.length + id.length + classes.length + data.join("").length + 1;
    if (size > LONGEST) return;
    parts.push([depth, tag, id, classes, data]);
    let [alike, last] = [0, ""];
    for (let child = firstChild(element); child; child = nextSibling(child)) {
      if (UNREAD.has(localName(child))) continue;
      const look = `${localName(child)} ${attribute(child, "class")}`;
      alike = look === last ? alike + 1 : 0;
      last = look;
      if (alike < ALIKE) walk(child, depth + 1);
    }
  };
  for (const top of [root ?? all(document, "body", 1)[0]]) if (top) walk(top, 0);
  return parts;
})();
