// Answers pages. It may be ended between any two lines: what matters is in storage, and every message carries all that its answer needs.

import { Failure, withCore } from "./core.js";
import { keepInLine, readOpen } from "./shops.js";
import { isIndex, isObject, isSnapshot, isStructure, isText } from "./shape.js";
import * as store from "./store.js";

/** @typedef {chrome.runtime.MessageSender} Sender */
/** @typedef {(message: Record<string, any>, sender: Sender) => Promise<object>} Handler */

/** @param {unknown} good @param {string} what */
const require = (good, what) => {
  if (!good) throw new Failure("bad-message", `The message has no usable ${what}.`);
};

/** @param {Record<string, any>} message @param {Sender} sender */
const requireSnapshot = ({ snapshot }, sender) => {
  require(isSnapshot(snapshot), "snapshot");
  // A page speaks for itself alone.
  if (sender.tab && sender.url) require(new URL(snapshot.url).origin === new URL(sender.url).origin, "address");
};

/** @param {Sender} sender */
const isPrivate = (sender) => sender.tab?.incognito === true || chrome.extension?.inIncognitoContext === true;

/** @param {Record<string, any>} message */
const drafted = async (message) => {
  const chosen = await store.settings();
  const options = {
    language: isText(message["language"], 35) ? message["language"] : chosen.language,
    country: isText(message["country"], 2) ? message["country"] : chosen.country,
    now: new Date().toISOString(),
  };
  const memory = await store.memory();
  return withCore((core) => core.draft(message["snapshot"], message["index"], options, memory));
};

/** The number of warnings on the toolbar button of the page's tab. @param {Sender} sender @param {PageReport} report */
const showCount = async ({ tab }, report) => {
  if (tab?.id === undefined) return;
  const count = report.listings.filter(
    ({ assessment, silenced }) => !silenced && (assessment.level === "likely" || assessment.level === "caution"),
  ).length;
  try {
    await chrome.action.setBadgeBackgroundColor({ tabId: tab.id, color: "#7a4a12" });
    await chrome.action.setBadgeText({ tabId: tab.id, text: count ? String(count) : "" });
  } catch {
    // The tab is gone.
  }
};

/** What a page may ask. @type {Record<string, Handler>} */
const fromPages = {
  async inspect(message, sender) {
    requireSnapshot(message, sender);
    const memory = await store.memory();
    const report = await withCore((core) => core.inspect(message["snapshot"], memory));
    void showCount(sender, report);
    return { report };
  },

  async report(message, sender) {
    requireSnapshot(message, sender);
    require(isIndex(message["index"]), "index");
    const record = await drafted(message);
    if (isPrivate(sender)) return { record, stored: false, again: false, private: true };
    try {
      const kept = await withCore((core) => core.keepReport(record));
      return { record: kept.record, stored: true, again: kept.again, private: false };
    } catch (error) {
      // The draft is worth having even where it could not be kept.
      const { code, message: text } = /** @type {Failure} */ (error);
      return { record, stored: false, again: false, private: false, error: { code, message: text } };
    }
  },

  /** Opens the reporting form. The address is the core's own, never the page's. */
  async "open-channel"(message, sender) {
    requireSnapshot(message, sender);
    require(isIndex(message["index"]), "index");
    const { channel } = await drafted(message);
    const address = channel.method === "form" && (channel.grade === "A" || channel.grade === "B") ? channel.address : null;
    if (!address?.startsWith("https://")) throw new Failure("no-address", "This channel has no confirmed address.");
    await chrome.tabs.create({ url: address, ...(sender.tab?.windowId === undefined ? {} : { windowId: sender.tab.windowId }) });
    return {};
  },

  async "false-alarm"(message, sender) {
    requireSnapshot(message, sender);
    require(isIndex(message["index"]), "index");
    const memory = await store.memory();
    return { text: await withCore((core) => core.falseAlarm(message["snapshot"], message["index"], memory)) };
  },

  async dismiss({ key, title }, sender) {
    require(isText(key), "key");
    if (isPrivate(sender)) return { stored: false };
    await store.add("dismissed", key, isText(title) ? title : key);
    return { stored: true };
  },

  async trust({ marketplace, sellerId, name }, sender) {
    require(isText(marketplace, 100), "marketplace");
    require(isText(sellerId), "seller");
    if (isPrivate(sender)) return { stored: false };
    await store.add("trusted", `${marketplace}:${sellerId}`, isText(name) ? name : sellerId);
    return { stored: true };
  },
};

/** What the extension's own pages may ask besides. @type {Record<string, Handler>} */
const fromOwnPages = {
  reports: () => withCore((core) => core.reports()),

  "export-reports": async () => ({ exported: await withCore((core) => core.exportReports()) }),

  async "delete-report"({ key }) {
    require(isText(key), "key");
    await withCore((core) => core.deleteReport(key));
    return {};
  },

  settings: () => store.everything(),

  /** What is not named stays as it is. */
  async "save-settings"({ country, language, sensitivity }) {
    require(country === undefined || (typeof country === "string" && /^([A-Z]{2})?$/.test(country)), "country");
    require(language === undefined || (typeof language === "string" && /^([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*)?$/.test(language)), "language");
    require(sensitivity === undefined || store.SENSITIVITIES.includes(sensitivity), "sensitivity");
    await store.saveSettings({ country, language, sensitivity });
    return {};
  },

  async drift({ url, readBy, structure }) {
    require(isText(url, 20_000), "address");
    require(isObject(readBy), "list of what was read");
    require(isStructure(structure), "structure");
    return { note: await withCore((core) => core.drift({ url, readBy, structure })) };
  },

  async ignore({ brand, name }) {
    require(isText(brand, 100), "brand");
    require(isText(name, 200), "name");
    await store.add("ignored", brand, name);
    return {};
  },

  async undo({ what, id }) {
    require(what === "trusted" || what === "dismissed" || what === "ignored", "subject");
    require(isText(id), "id");
    await store.remove(what, id);
    return {};
  },
};

/** @param {unknown} message @param {Sender} sender @returns {Promise<object>} */
const answer = async (message, sender) => {
  if (sender.id !== chrome.runtime.id || !isObject(message) || !isText(message["kind"], 40)) {
    throw new Failure("bad-message", "The message is none of ours.");
  }
  const own = sender.url?.startsWith(chrome.runtime.getURL("")) ?? false;
  const kind = message["kind"];
  const handler = Object.hasOwn(fromPages, kind) ? fromPages[kind] : own && Object.hasOwn(fromOwnPages, kind) ? fromOwnPages[kind] : undefined;
  if (!handler) throw new Failure("bad-message", `Nothing answers to ${kind} here.`);
  return handler(message, sender);
};

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  answer(message, sender).then(
    (value) => respond({ ok: true, ...value }),
    (error) => {
      const code = error instanceof Failure ? error.code : "internal";
      respond({ ok: false, error: { code, message: String(error?.message ?? error) } });
    },
  );
  return true;
});

chrome.permissions.onAdded.addListener(({ origins }) => {
  void keepInLine();
  if (origins?.length) void readOpen(origins);
});
chrome.permissions.onRemoved.addListener(() => void keepInLine());
// An update takes registered scripts away, and what was granted may have changed while the browser was closed.
chrome.runtime.onStartup.addListener(() => void keepInLine());

chrome.runtime.onInstalled.addListener(({ reason }) => {
  void keepInLine();
  if (reason === "install") void chrome.tabs.create({ url: chrome.runtime.getURL("welcome/welcome.html") });
});
