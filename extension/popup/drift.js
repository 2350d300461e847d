// Offers a note on a page that a known shop's rules no longer read: which rules failed and how the page is built, never what it says.

import { ask, by, h, refusal, say } from "../shared/page.js";

/** Whether a page that should hold offers holds none that the layout known here finds, and nothing else stands there: none at all, or one that
 * machines alone are told. @param {PageReport} report */
const isLost = ({ marketplace, page, obstacle, listings, readBy: { title, price } = {} }) =>
  Boolean(marketplace) && page !== "other" && !obstacle && (!listings.length || Boolean(title?.spare || price?.spare));

/** @param {number} tabId @param {PageReport} report @returns {Promise<Answer<{ note: string }>>} */
const noteOn = async (tabId, { url, readBy = {} }) => {
  const [frame] = await chrome.scripting.executeScript({ target: { tabId }, files: ["/content/structure.js"] });
  return ask({ kind: "drift", url, readBy, structure: frame?.result ?? [] });
};

/** @param {number} tabId @param {PageState} state */
export const showDrift = (tabId, { state, report }) => {
  const section = by("drift");
  section.hidden = state !== "read" || !report || !isLost(report);
  if (section.hidden || !report) return;
  const copy = h("button", { type: "button" }, say("popup_drift"));
  const told = h("p", { className: "soft", role: "status" });
  copy.addEventListener("click", async () => {
    const answer = await noteOn(tabId, report).catch((error) => ({ ok: /** @type {const} */ (false), error: { code: "", message: String(error) } }));
    if (!answer.ok) {
      told.textContent = refusal(answer.error);
      return;
    }
    try {
      await navigator.clipboard.writeText(answer.note);
      told.textContent = say("popup_drift_copied");
    } catch {
      // Still there to be taken by hand.
      told.replaceChildren(say("popup_drift_failed"), h("textarea", { readOnly: true, rows: 6, value: answer.note }));
    }
  });
  section.replaceChildren(h("p", { className: "soft" }, say("popup_drift_help")), h("div", { className: "actions" }, copy), told);
};
