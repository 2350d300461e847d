// What the user said: settings, trusted sellers, brands of no interest, dismissed warnings. One versioned value a key; a value that is none of
// ours is set aside.

import { Failure } from "./core.js";

/** @typedef {{ version: 1, country: string, language: string, sensitivity?: Sensitivity }} StoredSettings */
/** @typedef {{ version: 1, items: Record<string, { label: string, added: string }> }} StoredList */

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** How readily warnings may be wanted. @type {Sensitivity[]} */
export const SENSITIVITIES = ["fewer", "usual", "more"];

/** @type {{ settings: (value: any) => boolean, trusted: (value: any) => boolean, dismissed: (value: any) => boolean, ignored: (value: any) => boolean }} */
const VALID = {
  // Those stored before there was a choice have no sensitivity.
  settings: ({ country, language, sensitivity }) =>
    typeof country === "string" && typeof language === "string" && (sensitivity === undefined || SENSITIVITIES.includes(sensitivity)),
  trusted: (value) => isList(value),
  dismissed: (value) => isList(value),
  ignored: (value) => isList(value),
};

/** @param {Record<string, unknown>} value */
const isList = (value) =>
  isObject(value["items"]) &&
  Object.values(value["items"]).every((item) => isObject(item) && typeof item["label"] === "string" && typeof item["added"] === "string");

/** @param {unknown} error */
const storageFailure = (error) => {
  const message = String(/** @type {any} */ (error)?.message ?? error);
  return /quota|full|space/i.test(message)
    ? new Failure("storage-full", "The browser has no room left for the extension's data.")
    : new Failure("storage-unavailable", message);
};

/** @param {Record<string, unknown>} values */
const write = async (values) => {
  try {
    await chrome.storage.local.set(values);
  } catch (error) {
    throw storageFailure(error);
  }
};

/**
 * A stored value, or nothing where there is none. A damaged one is moved aside first, so that it is neither used nor lost.
 * @param {keyof typeof VALID} key @returns {Promise<any>}
 */
const read = async (key) => {
  let value;
  try {
    value = (await chrome.storage.local.get(key))[key];
  } catch (error) {
    throw storageFailure(error);
  }
  if (value === undefined) return undefined;
  if (isObject(value) && value["version"] === 1 && VALID[key](value)) return value;
  await write({ [`${key}.damaged`]: value });
  await chrome.storage.local.remove(key);
  return undefined;
};

/** Changes happen one after the other: two tabs must not overwrite each other's. @type {Promise<unknown>} */
let queue = Promise.resolve();
/** @template T @param {() => Promise<T>} change @returns {Promise<T>} */
const inTurn = (change) => {
  const turn = queue.then(change);
  queue = turn.catch(() => undefined);
  return turn;
};

/** What of some values is not undefined. @param {Record<string, unknown>} values */
const named = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** @param {"trusted" | "dismissed" | "ignored"} key @returns {Promise<StoredList["items"]>} */
const list = async (key) => (await read(key))?.items ?? {};

/** The day where the user is, as `YYYY-MM-DD`. */
const today = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

/** @returns {Promise<Memory>} what the core is told with every page */
export const memory = async () => {
  const keys = /** @type {const} */ (["trusted", "dismissed", "ignored"]);
  const [trusted = [], dismissed = [], ignored = []] = await Promise.all(keys.map(async (key) => Object.keys(await list(key))));
  const { sensitivity } = await settings();
  return { trusted, dismissed, ignored, terms: { today: today(), sensitivity } };
};

/** @param {"trusted" | "dismissed" | "ignored"} key @param {string} id @param {string} label */
export const add = (key, id, label) =>
  inTurn(async () => {
    const items = await list(key);
    items[id] = { label, added: new Date().toISOString() };
    await write({ [key]: { version: 1, items } });
  });

/** @param {"trusted" | "dismissed" | "ignored"} key @param {string} id */
export const remove = (key, id) =>
  inTurn(async () => {
    const items = await list(key);
    delete items[id];
    await write({ [key]: { version: 1, items } });
  });

/** The browser's own language and region, where the user chose nothing. */
const defaults = () => {
  const language = chrome.i18n.getUILanguage();
  let country = "";
  try {
    country = new Intl.Locale(navigator.language || language).maximize().region ?? "";
  } catch {
    // A language tag that is none names no region.
  }
  return { country, language };
};

/** @returns {Promise<Settings>} what the user chose, the browser's own where nothing was chosen */
export const settings = async () => {
  const stored = /** @type {StoredSettings | undefined} */ (await read("settings"));
  const own = defaults();
  return { country: stored?.country || own.country, language: stored?.language || own.language, sensitivity: stored?.sensitivity ?? "usual" };
};

/** Changes what is named and leaves the rest. @param {{ country?: string, language?: string, sensitivity?: Sensitivity }} changed */
export const saveSettings = (changed) =>
  inTurn(async () => {
    const { country = "", language = "", sensitivity = "usual" } = { ...(await read("settings")), ...named(changed) };
    await write({ settings: { version: 1, country, language, sensitivity } });
  });

/** @returns {Promise<SettingsAnswer & { chosen: { country: string, language: string } }>} everything, for the options page */
export const everything = async () => {
  const trusted = await list("trusted");
  const dismissed = await list("dismissed");
  const ignored = await list("ignored");
  const stored = /** @type {StoredSettings | undefined} */ (await read("settings"));
  const keys = Object.keys(await chrome.storage.local.get(null));
  return {
    settings: await settings(),
    chosen: { country: stored?.country ?? "", language: stored?.language ?? "" },
    trusted: Object.entries(trusted).map(([id, { label, added }]) => ({ id, name: label, added })),
    dismissed: Object.entries(dismissed).map(([key, { label, added }]) => ({ key, title: label, added })),
    ignored: Object.entries(ignored).map(([id, { label, added }]) => ({ id, name: label, added })),
    damaged: keys.filter((key) => key.endsWith(".damaged")),
  };
};
