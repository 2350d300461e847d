// The warning: a card beside the price, or a mark on a tile that opens the same card. Text goes in as text; a stranger's words stay words.

(() => {
  const t = (globalThis.touchstone ??= /** @type {any} */ ({}));
  if (t.started) return;

  /** @param {string} name @param {...string} values */
  const say = (name, ...values) => chrome.i18n.getMessage(name, values);

  const { h } = t;

  const language = () => chrome.i18n.getUILanguage();

  /** @param {unknown} amount @param {unknown} currency */
  const money = (amount, currency) => {
    if (typeof amount !== "string" && typeof amount !== "number") return "";
    try {
      const options = { style: /** @type {const} */ ("currency"), currency: String(currency) };
      return new Intl.NumberFormat(language(), options).format(/** @type {any} */ (amount));
    } catch {
      return `${amount} ${currency ?? ""}`.trim();
    }
  };

  /** @param {unknown} text */
  const day = (text) => {
    const date = new Date(String(text));
    return Number.isNaN(date.getTime()) ? String(text ?? "") : date.toLocaleDateString(language(), { dateStyle: "medium", timeZone: "UTC" });
  };

  /** One of a signal's sentences, in words that name no signal where this version has none for it. @param {Signal} signal @param {string} part */
  const sentence = ({ code, detail = {} }, part) => {
    const text = (/** @type {unknown} */ value) => String(value ?? "");
    const { price, currency, typical, low, levelCurrency, line, date } = detail;
    const levels = levelCurrency ?? currency;
    const values = [money(price, currency), money(low, levels), money(typical, levels), text(line), date ? day(date) : ""];
    const known = code === "price-far-below-genuine" && part === "observed" && !low ? "" : say(`signal_${code.replaceAll("-", "_")}_${part}`, ...values);
    return known || say(`signal_other_${part}`);
  };

  /** @param {string} words */
  const quote = (words) => {
    const block = h("blockquote", "", words.length > 400 ? `${words.slice(0, 400)}…` : words);
    block.dir = "auto";
    return block;
  };

  /** @param {Signal} signal */
  const reason = (signal) =>
    h(
      "li",
      "",
      h("h3", "", sentence(signal, "title")),
      h("p", "", sentence(signal, "observed")),
      ...(signal.evidence ? [h("p", "soft", say("card_page_says")), quote(signal.evidence)] : []),
      ...["innocent", "clears"].flatMap((part) => [h("h4", "", say(`card_${part}`)), h("p", "", sentence(signal, part))]),
    );

  /** @param {string} text @returns {Promise<boolean>} */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };

  /** What is copied, and where the clipboard is closed to us the text itself, to be copied by hand. @param {string} text @param {boolean} copied @param {string} done */
  const copiedOr = (text, copied, done) => {
    if (copied) return [h("p", "", done)];
    const area = h("textarea", "", text);
    area.readOnly = true;
    area.ariaLabel = say("card_text_to_copy");
    area.addEventListener("focus", () => area.select());
    return [h("p", "", say("card_copy_by_hand")), area];
  };

  /** @param {Refusal | undefined} error */
  const refusal = (error) => say(`error_${(error?.code ?? "").replaceAll("-", "_")}`) || say("error_other", error?.message ?? "");

  /** Leads to the channel and says where it is. @param {ReportAnswer} answer @param {object} message @returns {Promise<Node[]>} */
  const lead = async ({ record: { channel } }, message) => {
    const words = channel.words ? [h("p", "", channel.words)] : [];
    if (channel.method === "control") {
      const control = t.place.control(channel);
      if (!control) return [h("p", "", say("channel_not_found", channel.name)), ...words];
      // Once the words are in the card: they move what lies below it.
      setTimeout(() => t.place.point(control, say("channel_here")));
      return [h("p", "", say("channel_pointed", channel.name)), ...words];
    }
    const { address, grade, method, name } = channel;
    const confirmed = address && (grade === "A" || grade === "B");
    let key = confirmed && method === "email" ? "channel_email" : "channel_words";
    if (confirmed && method === "form") key = (await t.ask({ ...message, kind: "open-channel" })).ok ? "channel_opened" : "channel_address";
    return [h("p", "", say(key, name, address ?? "")), ...words];
  };

  /**
   * Draws a listing's warning; it is placed by the caller.
   * @param {Subject} subject @param {"card" | "mark"} form @returns {Drawn}
   */
  const make = ({ cut, report, index }, form) => {
    const listing = /** @type {Judged} */ (report.listings[index]);
    const { level, signals, can_hurt } = listing.assessment;
    const against = signals.filter(({ weight }) => weight > 0);
    const speaking = signals.filter(({ weight }) => weight < 0);
    const headline = say(`level_${level}`);
    const strongest = against[0] ? sentence(against[0], "title") : "";

    const shape = h("span", "shape");
    shape.ariaHidden = "true";
    const why = h("span", "why", strongest);
    const short = say(`mark_${level}`);
    const head = h("button", "head", shape, h("span", "say", h("b", "", form === "mark" ? short : headline)), h("span", "more", h("span", "", say("card_why"))));
    head.type = "button";
    head.ariaExpanded = "false";
    if (form === "mark") head.ariaLabel = head.title = say("mark_label", short, strongest);
    else head.querySelector(".say").append(why);

    const panel = h("div", "panel");
    // A click on its words keeps the keyboard in the card.
    panel.tabIndex = -1;
    panel.hidden = true;
    const heard = h("div", "sr");
    heard.role = "status";
    const box = h("div", "box", head, panel);
    const root = h("div", `t ${level} ${form}`, box, heard);
    root.dir = say("@@bidi_dir") || "ltr";
    root.lang = language();
    const host = t.shell(root, form === "mark" ? ":host{display:inline!important;position:absolute!important;z-index:1!important}" : "");

    const said = h("div", "said");
    said.role = "status";

    /** @param {string} words @param {string} look @param {() => Promise<Node[]>} act */
    const action = (words, look, act) => {
      const button = h("button", look, words);
      button.type = "button";
      let busy = false;
      button.addEventListener("click", async (/** @type {Event} */ event) => {
        if (!event.isTrusted || busy) return;
        busy = true;
        try {
          said.replaceChildren(...(await act()));
        } finally {
          busy = false;
        }
      });
      return button;
    };

    /** @param {Answer<ReportAnswer>} answer @param {object} message @returns {Promise<Node[]>} */
    const reported = async (answer, message) => {
      if (!answer.ok) return [h("p", "", refusal(answer.error))];
      const { record, stored, again, error } = answer;
      const copied = await copy(record.notice.text);
      const state = again
        ? say("report_again", day(record.made))
        : stored
          ? say("report_stored")
          : answer.private
            ? say("report_private")
            : `${say("report_not_stored")} ${refusal(error)}`;
      const where = await lead(answer, message);
      return [
        h("h3", "", state),
        ...copiedOr(record.notice.text, copied, say("report_copied")),
        ...where,
        h("p", "", say("report_incomplete")),
        h("p", "soft", say("report_nothing_sent")),
      ];
    };

    const sendReport = async () => {
      const message = { kind: "report", snapshot: cut.snapshot, index };
      return reported(await t.ask(message), message);
    };

    /** In a private window nothing is stored, so the warning goes away for this page alone. @param {object} message */
    const silence = async (message) => {
      const answer = await t.ask(message);
      if (!answer.ok) return [h("p", "", refusal(answer.error))];
      if (!answer.stored) {
        t.silenced.add(listing.key);
        host.remove();
      }
      return [];
    };

    const fill = () => {
      const reasons = h("ul", "", ...against.map(reason));
      const kind = speaking.map((signal) => h("li", "", sentence(signal, "title"), ...(signal.evidence ? [": ", h("bdi", "", signal.evidence)] : [])));
      const { marketplace } = report;
      const seller = listing.seller_id && marketplace ? listing.seller_id : null;
      panel.append(
        ...(form === "mark" ? [h("div", "top", shape.cloneNode(), h("b", "", headline))] : []),
        reasons,
        ...(kind.length ? [h("div", "for", h("h3", "", say("card_speaks_for")), h("ul", "", ...kind))] : []),
        h("p", "soft", say(can_hurt ? "card_hurt" : "card_note")),
        h(
          "div",
          "do",
          action(say("action_report"), "first", sendReport),
          action(say("action_dismiss"), "", () =>
            silence({ kind: "dismiss", key: listing.key, title: listing.title }),
          ),
          ...(seller
            ? [
                action(say("action_trust", listing.seller ?? seller), "", () =>
                  silence({ kind: "trust", marketplace, sellerId: seller, name: listing.seller }),
                ),
              ]
            : []),
          action(say("action_wrong"), "", async () => {
            const answer = await t.ask({ kind: "false-alarm", snapshot: cut.snapshot, index });
            if (!answer.ok) return [h("p", "", refusal(answer.error))];
            return copiedOr(answer.text, await copy(answer.text), say("wrong_copied"));
          }),
        ),
        said,
      );
    };

    /** Below the mark or above it, where there is more room; never over it. */
    const beside = () => {
      const { left, top, bottom } = head.getBoundingClientRect();
      panel.style.maxHeight = "";
      const { width, height } = panel.getBoundingClientRect();
      const below = innerHeight - bottom - 12;
      const under = height <= below || below >= top - 12;
      const room = Math.max(96, under ? below : top - 12);
      panel.style.maxHeight = `${room}px`;
      panel.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
      panel.style.top = `${Math.max(4, under ? bottom + 6 : top - 6 - Math.min(height, room))}px`;
    };
    const outside = (/** @type {Event} */ event) => {
      if (event.isTrusted && !event.composedPath().includes(host)) expand(false);
    };
    let shut = new AbortController();
    /** @param {boolean} on */
    const expand = (on) => {
      if (on && !panel.firstChild) fill();
      head.ariaExpanded = String(on);
      panel.hidden = !on;
      if (form !== "mark") return;
      panel.popover = "manual";
      panel.togglePopover(on);
      shut.abort();
      if (!on) return;
      beside();
      shut = new AbortController();
      const options = { capture: true, passive: true, signal: shut.signal };
      addEventListener("pointerdown", outside, options);
      addEventListener("scroll", beside, options);
      addEventListener("resize", beside, options);
    };
    head.addEventListener("click", (/** @type {Event} */ event) => {
      if (event.isTrusted) expand(panel.hidden);
    });
    root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (!event.isTrusted || event.key !== "Escape" || panel.hidden) return;
      expand(false);
      head.focus();
    });
    // What happens in the card is none of the page's business, and no link around it follows a click in it.
    for (const type of "click mousedown mouseup pointerdown pointerup touchstart touchend keydown keyup".split(" ")) {
      root.addEventListener(type, (/** @type {Event} */ event) => {
        if (type === "click") event.preventDefault();
        event.stopPropagation();
      });
    }

    return {
      host,
      root,
      slim: (on) => root.classList.toggle("slim", on),
      theme: (dark, size) => {
        root.classList.toggle("dark", dark);
        root.style.fontSize = size;
      },
      announce: () => setTimeout(() => (heard.textContent = say("announce", headline, strongest)), 150),
      expand,
      tell: async (answer) => said.replaceChildren(...(await reported(answer, {}))),
    };
  };

  t.card = { make };
})();
