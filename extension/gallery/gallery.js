// Shows card and mark in every state, with the shipped scripts and an open root. `?locale=` chooses the language, `?seed=1` adds a fault that
// a check of accessibility must find.

const query = new URLSearchParams(location.search);
const locale = query.get("locale") ?? "en";
/** @type {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} */
const messages = await (await fetch(`../_locales/${locale}/messages.json`)).json();

/** As the browser fills in a message. @param {string} name @param {string | string[]} [values] */
const getMessage = (name, values = []) => {
  if (name === "@@bidi_dir") return query.get("dir") ?? "ltr";
  const { message, placeholders = {} } = messages[name] ?? { message: "" };
  return message.replace(/\$(\w+)\$/g, (_, key) => {
    const content = placeholders[key.toLowerCase()]?.content ?? "";
    return content.replace(/\$(\d)/g, (__, at) => [values].flat()[Number(at) - 1] ?? "");
  });
};

const SIGNALS = [
  { code: "seller-admits", weight: 4, evidence: "Mirror grade, not from the brand" },
  {
    code: "price-far-below-genuine",
    weight: 2,
    evidence: "$29.99",
    detail: { price: "29.99", currency: "USD", low: "98", typical: "228", levelCurrency: "USD", line: "tote", date: "2026-11-22" },
  },
  { code: "seller-hints", weight: 1, evidence: "مطابق للأصل" },
  { code: "masked-brand", weight: 1, evidence: "Br4nd" },
  { code: "a-later-signal", weight: 0.5, evidence: "" },
  { code: "authenticity-checked", weight: -1, evidence: "Checked by the shop" },
];
const RECORD = {
  key: "k",
  made: "2026-11-22T12:00:00Z",
  url: "https://shop.example/item/1",
  notice: { language: "en", text: "Notice\n(a) …\n(b) https://shop.example/item/1\n(c) Name: ____ E-mail: ____\n(d) …", missing: ["name", "email"] },
  channel: { method: "help", name: "The shop’s help", words: "Choose “Report an item”.", grade: "C" },
};
/** What the background would answer, by the state that is shown. @type {Record<string, object>} */
const ANSWERS = {
  stored: { ok: true, record: RECORD, stored: true, again: false, private: false },
  again: { ok: true, record: RECORD, stored: true, again: true, private: false },
  private: { ok: true, record: RECORD, stored: false, again: false, private: true },
  full: { ok: true, record: RECORD, stored: false, again: false, private: false, error: { code: "storage-full", message: "" } },
  "core-unavailable": { ok: false, error: { code: "core-unavailable", message: "" } },
  "core-panicked": { ok: false, error: { code: "core-panicked", message: "" } },
};

// The page has no extension's API; this is all of it that card and mark use.
Object.assign(globalThis, {
  chrome: { i18n: { getMessage, getUILanguage: () => locale.replace("_", "-") } },
  touchstone: { shadow: "open", silenced: new Set() },
});
for (const name of ["snapshot", "style", "place", "card"]) {
  await new Promise((loaded) => {
    const script = Object.assign(document.createElement("script"), { src: `../content/${name}.js` });
    script.addEventListener("load", loaded);
    document.head.append(script);
  });
}

/** @param {Level} level @returns {Subject} */
const subject = (level) => ({
  cut: /** @type {any} */ ({ snapshot: {}, elements: [], page: null }),
  index: 0,
  report: {
    schema: 1,
    url: location.href,
    marketplace: "shop",
    page: "product",
    prices: { oldest: "2026-11-22", newest: "2026-11-22", outdated: false },
    listings: [
      {
        key: "k",
        title: "A bag",
        seller: "A seller",
        seller_id: "1",
        assessment: { level, score: 0.9, signals: level === "likely" ? SIGNALS : SIGNALS.slice(1, 2) },
      },
    ],
  },
});

/**
 * @param {string} title @param {boolean} dark @param {Level} level @param {"card" | "mark"} form
 * @param {{ open?: boolean, slim?: boolean, icon?: boolean, say?: string }} [options]
 */
const show = async (title, dark, level, form, { open = false, slim = false, icon = false, say } = {}) => {
  const section = document.createElement("section");
  section.classList.toggle("dark", dark);
  const heading = Object.assign(document.createElement("h2"), { textContent: `${title}, ${dark ? "dark" : "light"}` });
  section.append(heading);
  document.getElementById("states")?.append(section);
  const drawn = touchstone.card.make(subject(level), form);
  drawn.theme(dark, "16px");
  drawn.slim(slim);
  drawn.root.classList.toggle("icon", icon);
  section.append(drawn.host);
  if (open) drawn.expand(true);
  if (say) drawn.tell(/** @type {any} */ (ANSWERS[say]));
};

for (const dark of [false, true]) {
  for (const level of /** @type {const} */ (["caution", "likely"])) {
    await show(`Card, ${level}`, dark, level, "card");
    await show(`Slim card, ${level}`, dark, level, "card", { slim: true });
    await show(`Open card, ${level}`, dark, level, "card", { open: true });
    await show(`Mark, ${level}`, dark, level, "mark");
    await show(`Mark without words, ${level}`, dark, level, "mark", { icon: true });
  }
  for (const say of Object.keys(ANSWERS)) await show(`Report, ${say}`, dark, "likely", "card", { open: true, say });
}
if (query.get("mark") === "open") await show("Open mark", query.get("theme") === "dark", "likely", "mark", { open: true });
if (query.get("seed")) document.querySelector("section > div")?.shadowRoot?.querySelector(".panel, .box")?.append(document.createElement("img"));
document.documentElement.lang = locale.replace("_", "-");
document.body.dataset["ready"] = "true";

export {};
