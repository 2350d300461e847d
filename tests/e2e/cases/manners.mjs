//! What a page may notice of us, and what a page can do to us.

import assert from "node:assert/strict";
import { bare, card, expand, marks, press, says, settled, shown } from "../lib/card.mjs";
import { COPY, GENUINE, address, item, offer, results, tile } from "../lib/ebay.mjs";
import { countReadings } from "../lib/readings.mjs";
import { pause } from "../lib/wait.mjs";
import { listed } from "./warning.mjs";

/** A script of the page that writes down all it can notice. */
const WATCH = `<script nonce="n">
  window.noticed = { nodes: [], attributes: [], violations: [], globals: null };
  addEventListener("securitypolicyviolation", (e) => noticed.violations.push(e.violatedDirective + " " + e.blockedURI));
  const watching = new MutationObserver((records) => {
    for (const r of records) {
      if (r.type === "attributes") noticed.attributes.push(r.target.nodeName + "." + r.attributeName);
      for (const n of r.addedNodes) noticed.nodes.push(n.outerHTML ?? n.nodeName + n.data);
    }
  });
  // From when the parser is done: before, the page itself is what is added.
  addEventListener("DOMContentLoaded", () => watching.observe(document, { childList: true, attributes: true, subtree: true, characterData: true }));
  noticed.globals = Object.getOwnPropertyNames(window).length;
</script>`;

/** Milliseconds in which a page of fifty thousand nested elements is read once it is there; to build it takes Firefox more than ten seconds. */
const DEEP_PAGE = 5_000;

/** Levels of prices and labels that lie in one another, and milliseconds in which a page of them is cut. */
const NESTED = 4_000;
const DEEP_CUT = 1_500;

/** Firefox needs long to build the page itself. */
export const alone = [
  "fifty thousand nested elements do not keep the offer from being read",
  "thousands of nested prices on a page of an unknown shop are cut in no time",
];

export const longest = { "fifty thousand nested elements do not keep the offer from being read": 120_000 };

export const tests = {
  "a page without a warning can notice nothing of us": async (bench) => {
    const browser = await bench.browser();
    const tab = await bench.open(listed(bench, { ...GENUINE, head: WATCH }));
    await settled(browser, tab);
    const noticed = await tab.evaluate(() => ({ ...window.noticed, now: Object.getOwnPropertyNames(window).length }));
    assert.deepEqual(noticed.nodes, []);
    assert.deepEqual(noticed.attributes, []);
    assert.deepEqual(noticed.violations, []);
    assert.ok(noticed.now <= noticed.globals + 1, "no new global");
    const reachable = await tab.evaluate(async (base) => {
      const found = [];
      for (const path of ["manifest.json", "core/touchstone_bg.wasm", "content/card.js", "icons/48.png", "popup/popup.html"]) {
        const loaded = await new Promise((done) => {
          const image = new Image();
          image.onload = () => done(true);
          image.onerror = () => done(false);
          image.src = `${base}/${path}`;
        });
        const fetched = await fetch(`${base}/${path}`).then((answer) => answer.ok, () => false);
        if (loaded || fetched) found.push(path);
      }
      return found;
    }, browser.base);
    assert.deepEqual(reachable, [], "nothing of the extension can be loaded by the page");
    bench.allow(/manifest\.json|core\/|content\/|icons\/|popup\/|Not allowed to load|ERR_/);
  },

  "a warning is one anonymous element": async (bench) => {
    const browser = await bench.browser();
    const tab = await bench.open(listed(bench, { ...COPY, head: WATCH }));
    await card(tab);
    await expand(tab);
    const { noticed, roots } = await tab.evaluate(() => ({ noticed: window.noticed, roots: [...document.querySelectorAll("*")].filter((one) => one.shadowRoot).length }));
    assert.equal(new Set(noticed.nodes).size, 1, noticed.nodes.join("\n"));
    assert.match(noticed.nodes[0], /^<div><\/div>$/);
    assert.deepEqual(noticed.attributes, []);
    assert.equal(roots, 0, "its shadow root is closed");
    assert.ok(!noticed.nodes.join().includes(browser.base));
  },

  "the strictest policy of a page is not violated": async (bench) => {
    const number = item();
    const place = bench.shops.serve(address(number), {
      body: offer({ ...COPY, head: WATCH }).replace("<style>", '<style nonce="n">'),
      headers: {
        "content-security-policy":
          "default-src 'none'; script-src 'nonce-n' 'strict-dynamic'; style-src 'nonce-n'; img-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; sandbox allow-scripts allow-same-origin allow-popups",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
      },
    });
    const tab = await bench.open(place);
    await card(tab, "likely");
    await expand(tab);
    await press(tab, bench.say("action_report"));
    await says(tab, bench.say("report_stored"));
    const styled = await tab.inside((root) => getComputedStyle(root.querySelector(".box")).borderTopStyle + getComputedStyle(root.querySelector(".head")).display);
    assert.doesNotMatch(styled[0], /^none(block|inline-block)$/, "the card has its style");
    // Firefox itself asks for the shop's icon, and counts that as the page's.
    bench.allow(/\/favicon\.ico/);
    assert.deepEqual((await tab.evaluate(() => window.noticed.violations)).filter((one) => !one.endsWith("/favicon.ico")), []);
  },

  "a hostile page breaks nothing and injects nothing": async (bench) => {
    const browser = await bench.browser();
    const nasty = `<script>
      window.chrome = window.browser = { runtime: { sendMessage() { window.pwned = "message"; }, id: "x" } };
      window.touchstone = window.touchstonePlan = { started: { again() { window.pwned = "again"; } } };
      for (const name of ["attachShadow", "append", "querySelectorAll", "getAttribute", "matches", "closest", "remove"]) {
        const own = Element.prototype[name];
        Element.prototype[name] = function (...args) { if (name === "attachShadow") window.pwned = "shadow"; return own.apply(this, args); };
      }
      JSON.stringify = () => { window.pwned = "json"; return "{}"; };
      Array.prototype.toJSON = () => { window.pwned = "toJSON"; };
      customElements.define("touch-stone", class extends HTMLElement { connectedCallback() { window.pwned ??= undefined; } });
      navigator.clipboard.writeText = async () => { window.pwned = "clipboard"; };
    </script>`;
    const named = `<div class="t likely card"><div class="head">Fake card</div><div class="panel"></div></div><touch-stone id="touchstone"></touch-stone>
      <form id="form"><input name="attributes"><input name="children"><input name="querySelectorAll"><input name="parentNode"><input name="firstChild"><input name="nodeType"><input name="nextSibling"><input name="id"><input name="remove"></form>
      <img name="body"><img name="documentElement"><img name="querySelectorAll"><img name="title"><form name="head"><input name="append"></form>
      <form name="location"><input name="href"></form><embed name="getElementById"><object name="createElement"></object>`;
    const long = `<p id="long">${"replica ".repeat(131_072)}</p>`;
    const facts = { ...COPY, title: `<img src=x onerror="window.pwned='title'"><script>window.pwned="script"</script>"'></b> ${COPY.title}`, seller: `<svg onload="window.pwned='seller'">` };
    const page = offer({ ...facts, head: nasty }).replace('<div id="mainContent">', `${named}<div id="mainContent"><form class="inner"><input name="textContent"><input name="children">`).replace("<footer>", `${long}<footer>`);
    const tab = await bench.open(bench.shops.serve(address(item()), { body: page }));
    await card(tab, "likely");
    const opened = await expand(tab);
    assert.ok(opened.words.length > 100);
    const inside = await tab.inside((root) => [...root.querySelectorAll("img, script, svg, iframe, touch-stone, a[href^='javascript']")].length);
    assert.deepEqual(inside, [0]);
    await browser.copy("nothing yet");
    await press(tab, bench.say("action_report"));
    await says(tab, bench.say("report_stored"));
    assert.equal(await tab.evaluate(() => window.pwned ?? null), null);
    const answering = await bench.open(listed(bench, COPY));
    await card(answering, "likely");
  },

  "fifty thousand nested elements do not keep the offer from being read": async (bench) => {
    const deep = `<div id="deep" hidden></div><script>
      { let at = document.querySelector("#deep"); for (let i = 0; i < 50_000; i++) { const down = Document.prototype.createElement.call(document, "div"); at.append(down); at = down; } }
    </script>`;
    const place = bench.shops.serve(address(item()), { body: offer(COPY).replace("<footer>", `${deep}<footer>`) });
    const tab = await bench.open("about:blank");
    const browser = await bench.browser();
    await tab.goto(place);
    const began = Date.now();
    const { report, snapshotInfo } = await settled(browser, tab);
    const took = Date.now() - began;
    assert.equal(report.listings[0].assessment.level, "likely");
    assert.ok(took < DEEP_PAGE, `read in ${took} ms`);
    bench.note(`read in ${took} ms, of which the cut took ${snapshotInfo.milliseconds.toFixed(0)} ms`);
    await card(tab, "likely");
    // By hand: Firefox takes half a minute to match a selector on all of them.
    const { depth, others, price } = await tab.evaluate(() => {
      let depth = 0;
      let others = 0;
      for (let inner = document.querySelector("#deep"); inner.firstChild; inner = inner.firstChild) {
        depth++;
        others += inner.childNodes.length - 1 + inner.firstChild.attributes.length;
      }
      return { depth, others, price: document.querySelector(".x-price-primary").innerText };
    });
    assert.deepEqual({ depth, others, price }, { depth: 50_000, others: 0, price: COPY.price }, "the page's own elements are as they were");
  },

  "thousands of nested prices on a page of an unknown shop are cut in no time": async (bench) => {
    const title = "Walnut bookend, pair";
    // Browsers nest no more than some hundred by themselves.
    const deep = `<div id="deep" style="display: none"></div><script>
      { let at = document.querySelector("#deep");
        for (let i = 0; i < ${NESTED}; i++) {
          const down = document.createElement("div");
          // Of no class that a selector asks for together with what encloses it, which browsers look for by themselves.
          down.className = "own-price product-card-wrapper";
          down.append(["", "", "$1 ", ""][i % 4]);
          at.append(down);
          at = down;
        } }
    </script>`;
    const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
      <script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"${title}","offers":{"@type":"Offer","price":"31.00","priceCurrency":"USD"}}</script>
      <body><main><h1>${title}</h1><p class="price">$31.00</p></main>${deep}</body></html>`;
    const browser = await bench.everywhere();
    const tab = bench.keep(await browser.open("about:blank"));
    await tab.goto(bench.shops.serve("https://unknown-shop.example/p/1", { body: page }));
    const { report, snapshotInfo } = await settled(browser, tab);
    bench.note(`${NESTED} levels cut in ${snapshotInfo.milliseconds.toFixed(0)} ms`);
    assert.equal(report.listings[0]?.title, title);
    assert.equal(report.listings[0]?.price.min, "31.00");
    assert.ok(snapshotInfo.milliseconds < DEEP_CUT, `cut in ${snapshotInfo.milliseconds} ms`);
  },

  "clicks and keys that a script makes do nothing": async (bench) => {
    const tab = await bench.open(listed(bench, COPY));
    await card(tab);
    await tab.evaluate(() => {
      const { price } = { price: document.querySelector(".x-price-section") };
      const ours = [...document.querySelectorAll("div:not([class]):not([id])")].filter((one) => one.innerHTML === "" && one.getBoundingClientRect().height > 0);
      for (const host of ours.length ? ours : [price]) {
        const { x, y, width, height } = host.getBoundingClientRect();
        for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
          for (const at of [0.1, 0.5, 0.9]) {
            host.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, clientX: x + width * at, clientY: y + height / 2 }));
            document.elementFromPoint(x + width * at, y + height / 2)?.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
          }
        }
        host.click();
        host.focus();
        host.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
      }
    });
    await pause(200);
    assert.equal((await shown(tab))[0].open, false);
    await tab.inside((root) => {
      root.querySelector(".head").click();
      root.querySelector(".head").dispatchEvent(new MouseEvent("click", { bubbles: true }));
    });
    await pause(100);
    assert.equal((await shown(tab))[0].open, false, "not even from within");
  },

  "a variant chosen in the page is read again, once": async (bench) => {
    const browser = await bench.browser();
    const number = item();
    const change = `<button id="variant" type="button">Other colour</button><script>
      const write = (title, price) => {
        document.querySelector(".x-item-title__mainTitle span").textContent = title;
        document.querySelector(".x-price-primary span").textContent = price;
      };
      const variants = [${JSON.stringify([GENUINE.title, GENUINE.price])}, ${JSON.stringify([COPY.title, COPY.price])}];
      let chosen = 0;
      variant.onclick = () => { chosen = 1 - chosen; history.pushState({}, "", "?var=" + chosen); setTimeout(() => write(...variants[chosen]), 60); };
    </script>`;
    const place = bench.shops.serve(address(number), { body: offer({ ...GENUINE, body: change }) });
    const tab = await bench.open(place);
    await settled(browser, tab);
    assert.deepEqual(await shown(tab), []);
    const readings = await countReadings(browser);
    await tab.click("#variant");
    await card(tab, "likely");
    await pause(1_500);
    const made = await readings();
    assert.ok(made >= 1 && made <= 2, `${made} readings for one change`);
    await tab.click("#variant");
    await bare(tab);
  },

  "paged results are marked anew": async (bench) => {
    const browser = await bench.browser();
    const offers = [GENUINE, COPY, GENUINE].map((one) => ({ ...one, item: item() }));
    const second = [COPY, GENUINE, COPY].map((one) => ({ ...one, item: item() }));
    const body = `<button id="more" type="button">Next</button><script>
      more.onclick = () => { history.pushState({}, "", "?_nkw=paged&_pgn=2"); setTimeout(() => { document.querySelector(".srp-results").innerHTML = ${JSON.stringify(second.map(tile).join(""))}; }, 50); };
    </script>`;
    const tab = await bench.open(bench.shops.serve("https://www.ebay.com/sch/i.html?_nkw=paged", { body: results(offers, { body }) }));
    await marks(tab, 1);
    const readings = await countReadings(browser);
    await tab.click("#more");
    await marks(tab, 2);
    const places = await tab.inside((root) => root.host.closest("li")?.dataset.listingid);
    assert.deepEqual(places, [second[0].item, second[2].item]);
    await pause(1_500);
    const made = await readings();
    assert.ok(made <= 3, `${made} readings for one page turned`);
  },

  "our own marks and a restless page make no loop": async (bench) => {
    const browser = await bench.browser();
    const body = `<p id="clock">0</p><script>setInterval(() => { clock.textContent = String(performance.now()); }, 40);
      let n = 0; setInterval(() => { if (n++ < 3) { const box = document.querySelector(".x-price-section"); box.replaceWith(box.cloneNode(true)); } }, 400);</script>`;
    const tab = await bench.open(listed(bench, { ...COPY, body }));
    await card(tab, "likely");
    const readings = await countReadings(browser);
    await pause(4_000);
    const made = await readings();
    assert.ok(made <= 2, `${made} readings in four seconds of a page whose offer stays the same`);
    assert.equal((await shown(tab)).filter(({ form }) => form !== "ring").length, 1, "the card is still there, once");
    bench.note(`${made} readings in 4 s`);
  },

  "a box that the page redraws gets its card back": async (bench) => {
    const tab = await bench.open(listed(bench, COPY));
    await card(tab, "likely");
    await tab.evaluate(() => {
      const box = document.querySelector("#mainContent");
      box.innerHTML = box.innerHTML;
    });
    await card(tab, "likely");
    await tab.evaluate(() => document.querySelector("#mainContent").replaceChildren());
    await bare(tab);
  },

  "nothing is asked of the network": async (bench) => {
    const browser = await bench.emptied();
    const place = listed(bench, COPY);
    // What the background asks for when it starts is asked for here too.
    await browser.killBackground();
    bench.shops.requests.length = 0;
    const tab = await browser.open(place);
    await card(tab, "likely");
    await expand(tab);
    await press(tab, bench.say("action_report"));
    await says(tab, bench.say("report_stored"));
    await browser.popup(tab).then((popup) => popup.close());
    const own = new URL(place).host;
    const others = bench.shops.requests.filter(({ url, origin }) => (origin ?? "").includes("extension") || (new URL(url).host === own && url !== place && !url.endsWith("/favicon.ico")));
    assert.deepEqual(others, []);
    const strangers = [...new Set(bench.shops.requests.map(({ url }) => new URL(url).host))].filter((host) => host !== own);
    bench.note(`the browser itself asked for ${strangers.join(", ") || "nothing"} (answered here)`);
  },
};
