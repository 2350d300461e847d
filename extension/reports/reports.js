// The stored reports: read again, copied again, deleted, saved as a file.

import { ask, by, day, h, localise, money, refusal, say, signalTitle } from "../shared/page.js";

/** @param {string | null} words */
const problem = (words) => {
  by("problem").textContent = words ?? "";
  by("problem").hidden = !words;
};

/** @param {ReportRecord} record */
const item = (record) => {
  const { listing, notice, channel, assessment } = record;
  const said = h("span", { className: "soft" });
  said.setAttribute("role", "status");

  const copy = h("button", { type: "button", className: "first" }, say("reports_copy"));
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(notice.text);
      said.textContent = say("reports_copied");
    } catch {
      getSelection()?.selectAllChildren(text);
      said.textContent = say("card_copy_by_hand");
    }
  });

  const remove = h("button", { type: "button" }, say("reports_delete"));
  let sure = false;
  remove.addEventListener("click", async () => {
    if (!sure) {
      sure = true;
      remove.textContent = say("reports_delete_sure");
      return;
    }
    const answer = await ask({ kind: "delete-report", key: record.key });
    if (answer.ok) await load();
    else problem(refusal(answer.error));
  });
  remove.addEventListener("blur", () => {
    sure = false;
    remove.textContent = say("reports_delete");
  });

  const text = h("pre", { dir: "auto", lang: notice.language, tabIndex: 0 }, notice.text);
  const facts = [listing.seller, money(listing.price)].filter(Boolean).join(" · ");
  const against = assessment.signals.filter(({ weight }) => weight > 0).map(signalTitle).join(" · ");
  return h(
    "li",
    { className: "sheet", id: record.key, tabIndex: -1 },
    h("h2", { dir: "auto" }, listing.title ?? say("reports_untitled")),
    h("p", { className: "soft small" }, [say("reports_made", day(record.made)), facts].filter(Boolean).join(" · ")),
    ...(against ? [h("p", { className: "small" }, against)] : []),
    h(
      "dl",
      { className: "facts wide small" },
      h("dt", {}, say("reports_open_listing")),
      h("dd", { dir: "ltr" }, address(record.url)),
      h("dt", {}, say("reports_channel")),
      h("dd", {}, channel.name, ...(channel.words ? [h("p", { className: "soft" }, channel.words)] : [])),
    ),
    h("details", {}, h("summary", {}, say("reports_notice")), text),
    h("p", { className: "soft small" }, say("report_incomplete")),
    h("div", { className: "actions" }, copy, remove, said),
  );
};

/** A link for a web address alone; anything else is shown as text. @param {string} url */
const address = (url) =>
  /^https?:\/\//.test(url) ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url) : h("span", {}, url);

const load = async () => {
  const answer = await ask({ kind: "reports" });
  if (!answer.ok) {
    problem(refusal(answer.error));
    return;
  }
  problem(answer.damaged ? say("reports_damaged", answer.damaged) : null);
  by("empty").hidden = answer.reports.length > 0;
  by("all").hidden = !answer.reports.length && !answer.damaged;
  by("reports").replaceChildren(...answer.reports.map(item));
};

/** Goes to the report that the address names. */
const goTo = () => {
  const chosen = location.hash && by(decodeURIComponent(location.hash.slice(1)));
  if (!chosen) return;
  chosen.scrollIntoView({ block: "start" });
  chosen.focus({ preventScroll: true });
};

/** Everything stored, also what cannot be read, in a file that the user keeps. */
const saveAll = async () => {
  const answer = await ask({ kind: "export-reports" });
  if (!answer.ok) {
    problem(refusal(answer.error));
    return;
  }
  const file = new Blob([JSON.stringify(answer.exported, null, 2)], { type: "application/json" });
  const href = URL.createObjectURL(file);
  h("a", { href, download: `touchstone-reports-${new Date().toISOString().slice(0, 10)}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  by("exported").textContent = say("reports_exported");
};

localise();
document.title = `${say("reports_title")} – Touchstone`;
by("export").addEventListener("click", saveAll);
addEventListener("hashchange", goTo);
void load().then(goTo);
