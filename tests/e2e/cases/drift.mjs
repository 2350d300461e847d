//! A known shop's page that its rules no longer read: what the popup says, and the note that it gives.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { settled } from "../lib/card.mjs";
import { address, item } from "../lib/ebay.mjs";
import { ROOT } from "../lib/bench.mjs";
import { until } from "../lib/wait.mjs";

/** The layout is another one, and everything that could tell of a person or of the goods says so: no such word may reach the note. */
const CHANGED = `<!doctype html><html lang="en"><head><title>secret title</title><meta name="description" content="secret"></head><body data-user="secret">
<header><a href="/secret">secret</a></header>
<main id="offer-page" class="page page--offer"><!-- secret -->
  <div class="vim-2 headline" data-testid="secret" data-item-id="987654321"><h1 title="secret" class="css-x9Zk3Q">secret goods</h1></div>
  <div id="user_secretname" class="seller" aria-label="secret"><a href="https://secret.example/secret?secret=1">secret seller</a></div>
  <form name="attributes" id="localName"><input name="getAttribute" id="children" value="secret"><input name="id" value="secret"><input name="firstElementChild" value="secret"></form>
  <div id="bill-0123456789abcdef" class="box secret@mail.example"><img src="/secret.png" alt="secret"><p style="color:red">secret</p></div>
  <ul>${'<li class="detail">secret</li>'.repeat(30)}</ul>
  <script>const secret = 1;</script>
</main></body></html>`;

async function popupOn(bench, place, body) {
  const browser = await bench.browser();
  const tab = await bench.open(bench.shops.serve(place, { body }));
  await settled(browser, tab);
  const popup = bench.keep(await browser.popup(tab));
  const says = (words) => popup.until(`the popup to say “${words}”`, (wanted) => document.body.innerText.includes(wanted), words);
  return { browser, tab, popup, says };
}

/** What the command line makes of the same page, where it is built. */
function byCommandLine(place, page) {
  const built = ["release", "debug"].map((profile) => path.join(ROOT, "target", profile, "touchstone")).filter((file) => existsSync(file));
  const [program] = built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!program) return null;
  return JSON.parse(execFileSync(program, ["scan", "--explain", "--url", place, "-"], { input: page, encoding: "utf8" })).explain?.drift;
}

export const tests = {
  "a page that no longer reads gives a note on its structure without its text": async (bench) => {
    const place = address(item(), "?hash=secret&_skw=secret");
    const { browser, popup, says } = await popupOn(bench, place, CHANGED);
    await says(bench.say("popup_unreadable"));
    await says(bench.say("popup_drift_help"));
    await popup.press("#drift button");
    await says(bench.say("popup_drift_copied"));
    const note = await until("the note", async () => {
      const text = await browser.clipboard();
      return text.includes("could not be read") && text.replace(/\r\n/g, "\n");
    });
    assert.match(note, /^- shop: ebay, rules version \d+$/m);
    assert.match(note, /^- page: product, www\.ebay\.com\/itm\/#$/m);
    assert.match(note, /^- title: none of `\.x-item-title__mainTitle`/m);
    assert.match(note, /^- price: none of /m);
    assert.match(note, /^main#offer-page\.page\.page--offer$/m);
    assert.match(note, /^ {2}h1\.css-\*$/m);
    assert.match(note, /\[data-item-id\]/);
    assert.equal(note.match(/li\.detail/g).length, 3);
    assert.doesNotMatch(note, /secret|987654321|0123456789|x9Zk3Q|hash|_skw|mail/);
    assert.ok(note.length < 24_000, `${note.length} characters`);
    const same = byCommandLine(place, CHANGED);
    if (same) assert.equal(note, same, "the command line tells the same");
    else bench.note("not compared with the command line, which is not built");
  },

  "a page without end gives a bounded note": async (bench) => {
    const many = Array.from({ length: 20_000 }, (_, at) => `<div class="row kind-${"abcdefghij"[at % 10]}"><b id="some-name">x</b></div>`).join("");
    const { browser, popup, says } = await popupOn(bench, address(item()), `<!doctype html><main>${many}</main>`);
    await says(bench.say("popup_drift_help"));
    await popup.press("#drift button");
    await says(bench.say("popup_drift_copied"));
    const note = await until("the note", async () => {
      const text = await browser.clipboard();
      return text.includes("kind-a") && text;
    });
    assert.ok(note.length < 24_000, `${note.length} characters`);
    bench.note(`${note.length} characters`);
  },

  "the popup tells what stands in the place of an offer": async (bench) => {
    const { popup, says } = await popupOn(bench, address(item()), `<!doctype html><title>Pardon</title><form id="captcha_form"><p>Are you a person?</p></form>`);
    await says(bench.say("popup_robot_check"));
    await says(bench.say("popup_robot_check_detail"));
    assert.equal(await popup.evaluate(() => document.querySelector("#drift").hidden), true, "nothing is to be mended here");
  },
};
