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
  const alive = () => Boolean(globalThis.chrome?.runtime?.id);

  /** @param {object} message @returns {Promise<any>} */
  t.ask = async (message) => {
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await chrome.runtime.sendMessage(message);
        if (answer && typeof answer.ok === "boolean") return answer;
        throw new Error("no answer");
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
  let print = "";
  let address = "";
  let seen = location.href;
  let rest = SETTLE;
  let turn = 0;
  /** @type {Cut | null} */
  let latest = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const silence = () => {
    for (const { host } of drawn.values()) host.remove();
    drawn = new Map();
    t.stopPointing?.();
  };

  const end = () => {
    silence();
    clearTimeout(timer);
    observer.disconnect();
  };

  /** @param {Cut} cut @param {PageReport} report */
  const draw = (cut, report) => {
    /** @type {Map<string, Drawn>} */
    const next = new Map();
    for (const [index, listing] of report.listings.entries()) {
      const { level } = listing.assessment;
      if (listing.silenced || t.silenced.has(listing.key) || (level !== "likely" && level !== "caution")) continue;
      const tile = report.page === "search" ? cut.elements[listing.region ?? -1] : null;
      if (report.page === "search" ? !tile : index > 0) continue;
      const id = `${listing.key}\n${listing.region}\n${JSON.stringify(listing.assessment)}`;
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
    if (!alive()) {
      end();
      return;
    }
    const began = performance.now();
    const cut = t.cut(touchstonePlan);
    const { snapshot } = cut;
    const text = JSON.stringify(snapshot);
    const milliseconds = performance.now() - began;
    const moved = address !== snapshot.url;
    address = snapshot.url;
    latest = cut;
    if (text === print && !force) {
      // A page that rewrites itself all the time is asked ever more seldom.
      rest = Math.min(rest * 2, LONGEST_REST);
      if (state.report) draw(cut, state.report);
      return;
    }
    rest = moved || !print ? SETTLE : Math.min(Math.max(rest, SETTLE) * 1.5, LONGEST_REST);
    print = text;
    const mine = ++turn;
    if (moved) silence();
    state.snapshotInfo = { characters: text.length, milliseconds, regions: snapshot.regions.length, truncated: snapshot.truncated };
    const answer = /** @type {Answer<{ report: PageReport }>} */ (await t.ask({ kind: "inspect", snapshot }));
    if (mine !== turn) return;
    if (answer.ok) {
      Object.assign(state, { state: "read", report: answer.report, error: null });
      draw(cut, answer.report);
    } else {
      Object.assign(state, { state: "failed", report: null, error: answer.error });
      silence();
    }
  };

  const soon = (/** @type {number} */ delay) => {
    timer ??= setTimeout(() => void read(), delay);
  };
  const afresh = () => {
    clearTimeout(timer);
    timer = undefined;
    rest = SETTLE;
    soon(rest);
  };

  /** A card or mark that the page took away with its redrawn box goes back at once. */
  const lost = () => [...drawn.values()].some(({ host }) => !host.isConnected);
  const ours = (/** @type {NodeList} */ nodes) => [...nodes].every((node) => hosts.has(node));

  let redraws = 0;
  const observer = new MutationObserver((records) => {
    if (!alive()) {
      end();
      return;
    }
    if (location.href !== seen) {
      seen = location.href;
      redraws = 0;
      afresh();
      return;
    }
    if (latest && state.report && redraws < 100 && lost()) {
      redraws++;
      draw(t.cut(touchstonePlan), state.report);
    }
    if (records.some(({ type, addedNodes, removedNodes }) => type === "characterData" || !ours(addedNodes) || !ours(removedNodes))) soon(rest);
  });

  /** A person chose something: what follows is worth reading soon. @param {Event} event */
  const wake = ({ isTrusted }) => {
    if (isTrusted && timer) afresh();
    if (isTrusted) rest = SETTLE;
  };

  const again = () => void read(true);
  t.started = { again };
  observer.observe(document, { childList: true, subtree: true, characterData: true });
  addEventListener("popstate", afresh);
  addEventListener("click", wake, true);
  addEventListener("change", wake, true);
  /** @type {any} */ (globalThis).navigation?.addEventListener("currententrychange", afresh);
  addEventListener("pageshow", (event) => event.persisted && again());

  chrome.runtime.onMessage.addListener((message, sender, respond) => {
    if (sender.id === chrome.runtime.id && message?.kind === "state") respond(state);
  });
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && (changes["trusted"] || changes["dismissed"])) again();
  });

  void read();
})();
