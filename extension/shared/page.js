// What the extension's own pages share: words, elements, dates, and questions to the background.

/** @param {string} name @param {...(string | number)} values */
export const say = (name, ...values) => chrome.i18n.getMessage(name, values.map(String));

export const language = chrome.i18n.getUILanguage();

/** Fills in the words of elements that name a message, and the page's own language and direction. */
export const localise = () => {
  document.documentElement.lang = language;
  document.documentElement.dir = say("@@bidi_dir") || "ltr";
  for (const element of document.querySelectorAll("[data-say]")) {
    element.textContent = say(element.getAttribute("data-say") ?? "");
  }
};

/** @param {string} id @returns {any} the element, which the page's own HTML holds */
export const by = (id) => document.getElementById(id);

/**
 * @param {string} tag @param {Record<string, unknown>} properties @param {...(Node | string)} inside @returns {any}
 */
export const h = (tag, properties, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

/**
 * Asks the background. One that ended with the question is asked once more.
 * @param {object} message @returns {Promise<any>}
 */
export const ask = async (message) => {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await chrome.runtime.sendMessage(message);
      if (answer && typeof answer.ok === "boolean") return answer;
      throw new Error("no answer");
    } catch (error) {
      if (attempt > 0) return { ok: false, error: { code: "core-unavailable", message: String(error) } };
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }
};

/** @param {Refusal | null | undefined} error */
export const refusal = (error) => say(`error_${(error?.code ?? "").replaceAll("-", "_")}`) || say("error_other", error?.message ?? "");

/** @param {string} text */
export const day = (text) => {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toLocaleDateString(language, { dateStyle: "medium" });
};

/** @param {Price | undefined} price */
export const money = (price) => {
  if (!price) return "";
  const one = (/** @type {string} */ amount) => {
    try {
      const options = { style: /** @type {const} */ ("currency"), currency: String(price.currency) };
      return new Intl.NumberFormat(language, options).format(/** @type {any} */ (amount));
    } catch {
      return `${amount} ${price.currency ?? ""}`.trim();
    }
  };
  return price.min === price.max ? one(price.min) : `${one(price.min)} – ${one(price.max)}`;
};

/** A signal's title in the user's language. @param {Signal} signal */
export const signalTitle = ({ code }) => say(`signal_${code.replaceAll("-", "_")}_title`) || say("signal_other_title");
