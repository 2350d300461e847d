// The page's state in one sentence, and what was understood of it.

import { by, day, h, localise, money, refusal, say, signalTitle } from "../shared/page.js";
import { showRecent } from "./recent.js";
import { GENERIC, scriptsOf, shopAt } from "../shared/shops.js";
import { showDrift } from "./drift.js";
import { showShop } from "./shop.js";

/** @typedef {{ shape: string, sentence: string, detail?: string, button?: { words: string, act: () => Promise<unknown> } }} Shown */

const FACTS = /** @type {const} */ (["title", "brand", "price", "list_price", "seller", "ships_from", "condition", "availability", "gtin"]);
const tabOf = async () => {
  const id = Number(new URLSearchParams(location.search).get("tab"));
  if (id) return chrome.tabs.get(id);
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return tab;
};

/** @param {number} tabId @returns {Promise<PageState | null>} */
const stateOf = async (tabId) => {
  try {
    return (await chrome.tabs.sendMessage(tabId, { kind: "state" }, { frameId: 0 })) ?? null;
  } catch {
    return null;
  }
};

/** @param {Judged} listing @returns {Shown} */
const ofOffer = ({ assessment: { level, signals, can_hurt }, silenced }) => {
  if (silenced) return { shape: "unknown", sentence: say(`popup_silenced_${silenced}`) };
  if (level === "none") {
    const sentence = say(signals.some(({ weight }) => weight > 0) ? "popup_offer_weak" : "popup_offer_none");
    return { shape: level, sentence, detail: say("popup_none_detail") };
  }
  if (level === "unknown") return { shape: level, sentence: say("popup_unknown"), detail: say("popup_unknown_detail") };
  return { shape: level, sentence: say(`popup_offer_${level}`), ...(can_hurt && { detail: say("popup_hurt") }) };
};

/** @param {Judged[]} listings @returns {Shown} */
const ofResults = (listings) => {
  const alarmed = listings.filter(({ assessment: { level }, silenced }) => !silenced && (level === "likely" || level === "caution"));
  if (alarmed.length) {
    const shape = alarmed.some(({ assessment }) => assessment.level === "likely") ? "likely" : "caution";
    return { shape, sentence: say("popup_search_some", alarmed.length, listings.length) };
  }
  if (listings.some(({ assessment }) => assessment.level === "none")) {
    return { shape: "none", sentence: say("popup_search_none", listings.length), detail: say("popup_none_detail") };
  }
  return { shape: "unknown", sentence: say("popup_search_unknown", listings.length), detail: say("popup_unknown_detail") };
};

/** What stands in the place of an offer. @param {Obstacle} obstacle @returns {Shown} */
const ofObstacle = (obstacle) => {
  if (obstacle === "robot-check") return { shape: "failed", sentence: say("popup_robot_check"), detail: say("popup_robot_check_detail") };
  if (obstacle === "login-wall") return { shape: "failed", sentence: say("popup_login_wall"), detail: say("popup_login_wall_detail") };
  return { shape: "unknown", sentence: obstacle === "gone" ? say("popup_gone") : say("popup_no_results") };
};

/** @param {PageState} state @returns {Shown} */
const ofState = ({ state, report, error }) => {
  if (state === "reading") return { shape: "unknown", sentence: say("popup_reading") };
  if (state === "failed" || !report) {
    const core = error?.code === "core-unavailable";
    return core
      ? { shape: "failed", sentence: say("popup_core"), detail: say("popup_core_detail") }
      : { shape: "failed", sentence: say("popup_unreadable"), detail: refusal(error) };
  }
  if (report.obstacle) return ofObstacle(report.obstacle);
  if (report.page === "unreadable") return { shape: "failed", sentence: say("popup_unreadable"), detail: say("popup_unreadable_detail") };
  const [offer] = report.listings;
  if (offer) return report.page === "product" ? ofOffer(offer) : ofResults(report.listings);
  return { shape: "unknown", sentence: say("popup_other") };
};

/** @param {Judged} listing @param {(typeof FACTS)[number]} fact */
const factText = (listing, fact) => {
  if (fact === "price" || fact === "list_price") return money(listing[fact]);
  if (fact === "condition") return listing.condition ? say(`condition_${listing.condition}`) : "";
  if (fact === "availability") return listing.availability ? say(`availability_${listing.availability.replace("-", "_")}`) : "";
  return listing[fact] ?? "";
};

/** @param {Shown} shown */
const show = ({ shape, sentence, detail, button }) => {
  by("shape").dataset.state = shape;
  by("sentence").textContent = sentence;
  by("detail").textContent = detail ?? "";
  by("detail").hidden = !detail;
  const actions = by("actions");
  actions.replaceChildren();
  actions.hidden = !button;
  if (button) {
    const element = h("button", { type: "button", className: "first" }, button.words);
    element.addEventListener("click", () => void button.act());
    actions.append(element);
  }
};

/** @param {PageState} state */
const showFacts = ({ report }) => {
  const listing = report?.page === "product" ? report.listings[0] : undefined;
  const against = listing?.assessment.signals.filter(({ weight }) => weight !== 0) ?? [];
  by("signals").hidden = !against.length;
  by("signal-list").replaceChildren(...against.map((signal) => h("li", {}, signalTitle(signal))));
  by("facts").hidden = !listing;
  by("fact-list").replaceChildren();
  if (!listing) return;
  for (const fact of FACTS) {
    const text = factText(listing, fact);
    if (!text && (fact === "list_price" || fact === "gtin" || fact === "ships_from" || fact === "availability")) continue;
    by("fact-list").append(
      h("dt", {}, say(`fact_${fact}`)),
      text ? h("dd", { dir: "auto" }, text) : h("dd", { className: "soft" }, say("fact_absent")),
    );
  }
};

/** Of when the prices are with which the offers were compared. @param {PageState} state */
const showPrices = ({ report }) => {
  const { oldest, newest, outdated } = report?.prices ?? { oldest: "", newest: "", outdated: false };
  by("prices").hidden = !newest;
  if (!newest) return;
  const words = oldest === newest ? say("popup_prices", day(newest)) : say("popup_prices_between", day(oldest), day(newest));
  by("prices").textContent = outdated ? `${words} ${say("popup_prices_outdated")}` : words;
};

/** Waits until the page's script has its answer; a cold core takes a moment. @param {number} tabId */
const follow = async (tabId) => {
  for (let attempt = 0; attempt < 60; attempt++) {
    const state = await stateOf(tabId);
    if (state) {
      show(ofState(state));
      showFacts(state);
      showPrices(state);
      showDrift(tabId, state);
      if (state.state !== "reading") return true;
    } else if (attempt > 1) {
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  return true;
};

/** Reads the page although no script of ours runs in it yet. @param {number} tabId @param {string[]} files */
const readNow = async (tabId, files) => {
  try {
    await chrome.scripting.executeScript({ target: { tabId }, files });
    await follow(tabId);
  } catch {
    show({ shape: "failed", sentence: say("popup_no_page") });
  }
};

const main = async () => {
  localise();
  void showRecent();
  const tab = await tabOf();
  if (tab?.id === undefined) return show({ shape: "unknown", sentence: say("popup_no_page") });
  const id = tab.id;
  const url = tab.url && URL.canParse(tab.url) ? new URL(tab.url) : null;
  const known = url && shopAt(url);
  const files = known ? scriptsOf(known.shop) : GENERIC;
  const read = () => readNow(id, files);
  void showShop(url, read);
  if (await stateOf(id)) return void (await follow(id));

  // The click on the toolbar button tells us the address of every web page; Chromium tells none of others.
  if (!url || !/^https?:$/.test(url.protocol)) return show({ shape: "unknown", sentence: say("popup_no_page") });
  if (!known) {
    return show({
      shape: "unknown",
      sentence: say("popup_unsupported"),
      detail: say("popup_unsupported_detail"),
      button: { words: say("popup_read_page"), act: read },
    });
  }
  const { shop, origins } = known;
  if (await chrome.permissions.contains({ origins })) {
    return show({ shape: "unknown", sentence: say("popup_not_started"), button: { words: say("popup_read_page"), act: read } });
  }
  // The click on the toolbar button lets us read the page in front; always is asked for beside it.
  if (!shop.install) return void (await read());
  const act = async () => (await chrome.permissions.request({ origins })) && read();
  return show({
    shape: "failed",
    sentence: say("popup_no_access"),
    detail: say("popup_no_access_detail"),
    button: { words: say("popup_grant"), act },
  });
};

void main();
