// The last reports, each leading to its place among all.

import { ask, by, day, h, refusal, say } from "../shared/page.js";

const MOST = 3;

/** What a report's warning said. @param {Level} level */
const strength = (level) => (level === "likely" || level === "caution" ? say(`mark_${level}`) : "");

/** @param {string} url */
const shop = (url) => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : "");

/** @param {ReportRecord} record */
const row = ({ key, listing, made, url, assessment }) => {
  const title = listing.title ?? say("reports_untitled");
  const link = h("a", { href: `../reports/reports.html#${encodeURIComponent(key)}`, target: "_blank", dir: "auto", title }, title);
  const about = [say("reports_made", day(made)), shop(url), strength(assessment.level)].filter(Boolean).join(" · ");
  return h("li", {}, link, h("p", { className: "soft small" }, about));
};

export const showRecent = async () => {
  /** @type {Answer<{ reports: ReportRecord[] }>} */
  const answer = await ask({ kind: "reports" });
  // The state above tells it already.
  by("recent").hidden = !answer.ok && answer.error.code === "core-unavailable";
  const reports = answer.ok ? answer.reports : [];
  by("recent-list").replaceChildren(...reports.slice(0, MOST).map(row));
  by("recent-list").hidden = !reports.length;
  by("recent-words").hidden = reports.length > 0;
  if (!answer.ok) by("recent-words").textContent = refusal(answer.error);
};
