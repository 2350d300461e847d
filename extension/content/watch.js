// Reads the page, asks the core, draws what it answers, and reads again when the page became another.

(() => {
  const t = globalThis.touchstone;
  if (t.started) {
    t.started.again();
    return;
  }

  const SETTLE = 350;
  const LONGEST_REST = 30_000;

  /** Whether this script still belongs to a running extension; after an update it does not. */
  const alive = () => globalThis.chrome?.runtime?.id;

  /** @param {object} message @returns {Promise<any>} */
  t.ask = async (message) => {
    for (let attempt = 0; ; attempt++) {
      try {
        // Throws where nobody answers.
        const { ...answer } = await chrome.runtime.sendMessage(message);
        return answer;
      } catch (error) {
        // A background that ended with the question is started by the next one.
        if (attempt > 0 || !alive()) return { ok: false, error: { code: "core-unavailable", message: String(error) } };
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    }
  };

  t.silenced = new Set();

  /** @type {PageState} */
  const state = { state: "reading", report: null, error: null, snapshotInfo: null };
  /** What is drawn, by what it says and where. @type {Map<string, Drawn>} */
  let drawn = new Map();
  const hosts = new WeakSet();
  const announced = new Set();
  /** What was asked last, and what the report at hand answers. */
  let print = "";
  let answered = "";
  let address = "";
  /** The page's first region: while it stays, a new address means no other page. @type {string | undefined} */
  let first;
  let seen = location.href;
  let rest = SETTLE;
  let turn = 0;
  /** What the page stated for machines, and the path at which it first stood so. @type {Record<string, string>} */
  const stated = {};
  /** @type {Record<string, unknown>} */
  const NONE = { state: {}, jsonLd: [], meta: [], canonical: null };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const silence = (/** @type {Iterable<[string, Drawn]>} */ which = drawn) => {
    for (const [id, { host }] of which) {
      host.remove();
      drawn.delete(id);
    }
  };

  const end = () => {
    silence();
    clearTimeout(timer);
    clearInterval(clock);
    observer.disconnect();
  };

  /** The cut and its snapshot as text. A page that became another one often leaves what it stated of the first: that is not read. */
  const cutAgain = () => {
    const cut = t.cut(touchstonePlan);
    const { snapshot } = cut;
    for (const name in NONE) {
      const of = /** @type {any} */ (name in snapshot ? snapshot : snapshot.structured);
      if ((stated[name + JSON.stringify(of[name])] ??= location.pathname) !== location.pathname) of[name] = NONE[name];
    }
    // Our own elements in parts that are kept whole are no change of the page.
    return { cut, text: JSON.stringify(snapshot).replaceAll("<div></div>", "") };
  };

  /** Draws what the report at hand warns of. @param {Cut} cut */
  const draw = (cut) => {
    const report = /** @type {PageReport} */ (state.report);
    /** @type {Map<string, Drawn>} */
    const next = new Map();
    for (const [index, listing] of report?.listings.entries() ?? []) {
      const { level } = listing.assessment;
      if (listing.silenced || t.silenced.has(listing.key) || (level !== "likely" && level !== "caution")) continue;
      const list = report.page !== "product";
      const tile = list ? cut.elements[listing.region ?? -1] : null;
      if (list ? !tile : index > 0) continue;
      let id = !tile + listing.key + JSON.stringify(listing.assessment);
      // The same offer may lie in a list twice.
      if (next.has(id)) id += listing.region;
      const old = drawn.get(id);
      if (old?.host.isConnected && (!tile || t.dom.contains(tile, old.host))) {
        next.set(id, old);
        continue;
      }
      const subject = { cut, report, index };
      let made = t.card.make(subject, tile ? "mark" : "card");
      const near = tile ?? t.place.anchor(cut);
      if (!near) continue;
      const dress = () => made.theme(t.place.dark(near), t.place.size());
      dress();
      let placed = tile ? t.place.mark(made.host, made.root, tile, cut) : t.place.card(made.host, cut, made.slim);
      if (!placed && !tile) {
        made = t.card.make(subject, "mark");
        dress();
        placed = t.place.mark(made.host, made.root, t.dom.parentNode(near) ?? near, cut);
      }
      if (!placed) continue;
      hosts.add(made.host);
      next.set(id, made);
      const named = () => !tile || t.dom.textContent(tile).includes(listing.title);
      made.named = named() && named;
      if (!tile && !announced.has(id)) {
        announced.add(id);
        made.announce();
      }
    }
    for (const [id, { host }] of drawn) if (next.get(id)?.host !== host) host.remove();
    drawn = next;
  };

  /** @param {boolean} [force] reads again although nothing changed: what the user said did */
  const read = async (force) => {
    clearTimeout(timer);
    timer = undefined;
    if (!alive()) return end();
    const began = performance.now();
    const { cut, text } = cutAgain();
    const milliseconds = performance.now() - began;
    const { snapshot } = cut;
    const { regions, url } = snapshot;
    const moved = address !== url;
    // A page that rewrites itself all the time is asked ever more seldom.
    rest = moved ? SETTLE : Math.min(rest * 1.5, LONGEST_REST);
    if (text === print && !force) {
      if (text === answered) draw(cut);
      return;
    }
    address = url;
    print = text;
    const mine = ++turn;
    if (moved) state.state = "reading";
    if (first !== (first = regions[0]?.html) && moved) {
      silence();
      t.stopPointing?.();
    }
    state.snapshotInfo = { characters: text.length, milliseconds, regions: regions.length };
    const answer = /** @type {Answer<{ report: PageReport }>} */ (await t.ask({ kind: "inspect", snapshot }));
    if (mine !== turn) return;
    Object.assign(state, answer.ok ? { state: "read", report: answer.report, error: null } : { state: "failed", report: null, error: answer.error });
    answered = text;
    draw(cut);
  };

  const soon = () => {
    timer ??= setTimeout(() => void read(), rest);
  };
  const hasten = () => {
    if (rest > SETTLE) {
      clearTimeout(timer);
      timer = undefined;
      rest = SETTLE;
    }
    soon();
  };

  /** @param {MutationRecord} record */
  const ours = ({ type, addedNodes, removedNodes }) => type === "childList" && [...addedNodes, ...removedNodes].every((node) => hosts.has(node));

  let redraws = 0;
  /** @param {MutationRecord[]} records */
  const look = (records) => {
    if (!alive()) return end();
    const moved = location.href !== seen;
    seen = location.href;
    if (moved) redraws = 0;
    /** Taken away by the page, or on a tile that names another offer by now. */
    const lost = [...drawn].filter(([, { host, named }]) => !host.isConnected || (named && !named()));
    if (moved || (lost[0] && redraws++ < 100)) {
      const { cut, text } = cutAgain();
      // What the page took away with a redrawn box goes back at once.
      if (text === answered) draw(cut);
      else {
        silence(lost);
        hasten();
      }
    }
    if (!records.every(ours)) soon();
  };

  /** A person did something: what follows is worth reading soon. @param {Event} event */
  const wake = ({ isTrusted }) => {
    if (!isTrusted) return;
    redraws = 0;
    if (timer) hasten();
    rest = SETTLE;
  };

  const again = () => void read(true);
  t.started = { again };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true });
  // Not every browser tells of an address that a page changed.
  const clock = setInterval(look, 1_000, []);
  for (const type of ["click", "change", "wheel"]) addEventListener(type, wake, { capture: true, passive: true });
  // Of the page alone, not of what moves by itself in it.
  addEventListener("scroll", wake);
  addEventListener("pageshow", (event) => event.persisted && again());

  // The extension's own pages alone can ask.
  chrome.runtime.onMessage.addListener((message, _, respond) => {
    if (message?.kind === "state") respond(state);
  });
  chrome.storage.local.onChanged.addListener(({ trusted, dismissed }) => (trusted || dismissed) && again());

  void read();
})();
