// What the user said: settings, trusted sellers, dismissed warnings. One versioned value a key; a value that is none of ours is set aside.

import { Failure } from "./core.js";

/** @typedef {{ version: 1, country: string, language: string }} StoredSettings */
/** @typedef {{ version: 1, items: Record<string, { label: string, added: string }> }} StoredList */

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @type {{ settings: (value: any) => boolean, trusted: (value: any) => boolean, dismissed: (value: any) => boolean }} */
const VALID = {
  settings: (value) => typeof value.country === "string" && typeof value.language === "string",
  trusted: (value) => isList(value),
  dismissed: (value) => isList(value),
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

/** @param {"trusted" | "dismissed"} key @returns {Promise<StoredList["items"]>} */
const list = async (key) => (await read(key))?.items ?? {};

/** @returns {Promise<{ trusted: string[], dismissed: string[] }>} what the core is told with every page */
export const memory = async () => ({
  trusted: Object.keys(await list("trusted")),
  dismissed: Object.keys(await list("dismissed")),
});

/** @param {"trusted" | "dismissed"} key @param {string} id @param {string} label */
export const add = (key, id, label) =>
  inTurn(async () => {
    const items = await list(key);
    items[id] = { label, added: new Date().toISOString() };
    await write({ [key]: { version: 1, items } });
  });

/** @param {"trusted" | "dismissed"} key @param {string} id */
export const remove = (key, id) =>
  inTurn(async () => {
    const items = await list(key);
    delete items[id];
    await write({ [key]: { version: 1, items } });
  });

/** The browser's own language and region, where the user chose nothing. @returns {Settings} */
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
  return { country: stored?.country || own.country, language: stored?.language || own.language };
};

/** @param {Settings} chosen */
export const saveSettings = ({ country, language }) => inTurn(() => write({ settings: { version: 1, country, language } }));

/** @returns {Promise<SettingsAnswer & { chosen: Settings }>} everything, for the options page */
export const everything = async () => {
  const trusted = await list("trusted");
  const dismissed = await list("dismissed");
  const stored = /** @type {StoredSettings | undefined} */ (await read("settings"));
  const keys = Object.keys(await chrome.storage.local.get(null));
  return {
    settings: await settings(),
    chosen: { country: stored?.country ?? "", language: stored?.language ?? "" },
    trusted: Object.entries(trusted).map(([id, { label, added }]) => ({ id, name: label, added })),
    dismissed: Object.entries(dismissed).map(([key, { label, added }]) => ({ key, title: label, added })),
    damaged: keys.filter((key) => key.endsWith(".damaged")),
  };
};
