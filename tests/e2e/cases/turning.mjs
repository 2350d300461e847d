//! Pages that become other pages without being loaded, on shops of different make: what is warned of is what is shown.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { bare, card, marks, offered, settled, shown } from "../lib/card.mjs";
import { countReadings } from "../lib/readings.mjs";
import { shipped } from "../lib/shipped.mjs";
import { pause, until } from "../lib/wait.mjs";

const pages = Object.fromEntries(shipped().map((page) => [page.name, page]));

/** Puts a shipped page at its own address, with a control and a script of the shop's own, and with what is changed of it. */
function place(bench, name, { script = "", change = (html) => html } = {}) {
  const { url, file } = pages[name];
  const control = `<p><button id="go" type="button">Go</button> <button id="on" type="button">On</button></p><script>${script}</script></body>`;
  return bench.shops.serve(url, { body: change(readFileSync(file, "utf8")).replace("</body>", () => control) });
}

/** The title of a tile that says of itself what sellers of copies say. */
const copied = (title) => (html) => html.replaceAll(title, `${title}, replica 1:1`);

/** What all of these scripts need: the parsed page of an address. */
const FETCH = `
  const fetched = async (url) => new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
`;

/** The offer as the page shows it; what is stated for machines alone may be missing where a page turned into another one. */
const facts = ({ title, price, brand, seller, key, assessment }) => ({ title, price, brand, seller, key, level: assessment.level });

/** The one offer of a page, read where it was loaded by its address. */
async function loaded(bench, name) {
  const browser = await bench.everywhere();
  const tab = await browser.open(place(bench, name));
  const { report } = await settled(browser, tab);
  await tab.close();
  return report.listings[0];
}

/** At most so many readings, once the page has come to rest. */
async function calm(readings, most, what) {
  await pause(1_200);
  const made = await readings();
  assert.ok(made >= 1 && made <= most, `${made} readings for ${what}`);
  return made;
}

export const tests = {
  "a page that renders another one in place is judged as that one": async (bench) => {
    // As React does: the address first, then the new tree in the same root; of alike trees the nodes stay and their texts change.
    const bag = pages["walmart/product-marketplace-bag"];
    const phones = pages["walmart/product-sold-by-shop"];
    const script = `${FETCH}
      const root = document.body.firstElementChild;
      const render = (next) => {
        const here = document.querySelector("main:has(h1)");
        const there = next.querySelector("main:has(h1)");
        if (!here || !there) return root.replaceChildren(...next.body.firstElementChild.childNodes);
        for (const part of ["h1", "[data-seo-id=brand-name]", "[itemprop=price]"]) here.querySelector(part).firstChild.data = there.querySelector(part).textContent;
        for (const gone of here.querySelectorAll("[data-testid=variantGroup], [data-testid=reviews-and-ratings], [data-testid=return-policy], .strike")) gone.remove();
        const seller = there.querySelector("[data-testid=product-seller-info]");
        if (seller) here.querySelector(".buy-box-container").append(seller);
      };
      const to = async (url) => { const next = await fetched(url); history.pushState({}, "", url); document.title = next.title; render(next); };
      go.onclick = () => to("${bag.url}");
      on.onclick = () => to("${phones.url}");
    `;
    const browser = await bench.everywhere();
    const results = place(bench, "walmart/search-shoes", { script, change: copied("Nike Air Max 90 Mens Running Shoes, White") });
    const direct = await loaded(bench, "walmart/product-sold-by-shop");
    place(bench, "walmart/product-marketplace-bag");
    const tab = bench.keep(await browser.open(results));
    await marks(tab, 1);
    const readings = await countReadings(browser);
    await tab.click("#go");
    await card(tab);
    const shownBag = await offered(browser, tab, "Michael Kors Jet Set Tote Bag for Women, Brown");
    assert.equal(shownBag.key, "walmart:700000000017");
    assert.deepEqual((await shown(tab)).map(({ form }) => form), ["card"], "no mark of the results is left");
    const first = await calm(readings, 2, "results that became an offer");
    await tab.click("#on");
    await bare(tab);
    assert.deepEqual(facts(await offered(browser, tab, direct.title)), facts(direct));
    const second = (await calm(readings, first + 2, "an offer that became another")) - first;

    // The state of the page that was loaded stays in it, and tells of the first offer.
    const whole = place(bench, "walmart/product-marketplace-bag", { script });
    await tab.goto(whole);
    assert.equal((await offered(browser, tab, shownBag.title)).seller, "Gentle Harbor Store", "the state is read where it belongs to the page");
    place(bench, "walmart/product-sold-by-shop");
    await card(tab);
    await tab.click("#on");
    await bare(tab);
    const { region: here, ...turned } = await offered(browser, tab, direct.title);
    const { region: there, ...alone } = direct;
    assert.deepEqual(turned, alone, "nothing of the first offer is told of the second");
    bench.note(`${first} and ${second} readings`);
  },

  "a page that shows the new offer before its address, or a skeleton after it, is judged when it is there": async (bench) => {
    const bag = pages["mercari-jp/product-suspicious-bag"];
    const script = `${FETCH}
      const root = document.body.firstElementChild;
      const results = [...root.childNodes];
      const show = (next) => root.replaceChildren(...[...next.body.firstElementChild.childNodes]);
      const skeleton = () => { root.innerHTML = '<main><article><div class="merSkeleton"></div><div class="merSkeleton"></div></article></main>'; };
      // The content, and much later the address, after which nothing changes any more.
      go.onclick = async () => { show(await fetched("${bag.url}")); await later(900); history.pushState({}, "", "${bag.url}"); };
      // The address, a skeleton, the title and the price, and at last the rest.
      on.onclick = async () => {
        history.pushState({}, "", "${bag.url}");
        skeleton();
        const next = await fetched("${bag.url}");
        await later(700);
        const late = next.querySelector("[data-testid=seller-link]");
        const box = late.parentNode;
        late.remove();
        show(next);
        await later(500);
        box.append(late);
      };
      addEventListener("popstate", () => root.replaceChildren(...results));
    `;
    const browser = await bench.everywhere();
    const direct = await loaded(bench, "mercari-jp/product-suspicious-bag");
    const results = place(bench, "mercari-jp/search-shoes", { script });
    place(bench, "mercari-jp/product-suspicious-bag");
    const tab = bench.keep(await browser.open(results));
    const counts = [];
    for (const [way, most] of [["#go", 2], ["#on", 3]]) {
      await marks(tab, 1);
      const readings = await countReadings(browser);
      await tab.click(way);
      await until("the whole offer", async () => (await offered(browser, tab, direct.title)).seller === direct.seller);
      assert.deepEqual(facts(await offered(browser, tab, direct.title)), facts(direct));
      assert.deepEqual((await shown(tab)).map(({ level }) => level), ["likely"]);
      counts.push(await calm(readings, most, way));
      await tab.evaluate(() => history.back());
      await until("the mark of the results alone", async () => (await tab.inside((root) => root.host.closest("[data-testid=item-cell]") !== null)).join() === "true");
    }
    bench.note(`${counts.join(" and ")} readings`);
  },

  "a page whose parts are swapped for fetched ones is judged as what it became": async (bench) => {
    const sneakers = pages["etsy/product-copied-sneakers"];
    const second = `${pages["etsy/search-pendants"].url}&page=2`;
    const script = `${FETCH}
      // As HTMX does: the part, then the address.
      go.onclick = async () => {
        const next = await fetched("${second}");
        document.querySelector("ol.wt-grid").outerHTML = next.querySelector("ol.wt-grid").outerHTML;
        history.pushState({}, "", "${second}");
      };
      // As Turbo does: the address when the visit begins, the whole body when the answer is there, and what it keeps of the head.
      const visit = async (url, push) => {
        if (push) history.pushState({}, "", url);
        await later(600);
        const next = await fetched(url);
        for (const old of document.head.querySelectorAll("meta[property], meta[name]")) old.remove();
        document.head.append(...next.head.querySelectorAll("meta[property], meta[name], script[type='application/ld+json']"));
        document.title = next.title;
        document.body.replaceWith(next.body);
      };
      addEventListener("click", ({ target }) => target.id === "on" && visit("${sneakers.url}", true));
      addEventListener("popstate", () => visit(location.href, false));
    `;
    const browser = await bench.everywhere();
    const direct = await loaded(bench, "etsy/product-copied-sneakers");
    const results = place(bench, "etsy/search-pendants", { script, change: copied("Birth year pendant") });
    const both = (html) => copied("Silver pendant, hand engraved")(copied("Birth year pendant")(html)).replaceAll("pendant", "Michael Kors pendant");
    bench.shops.serve(second, { body: both(readFileSync(pages["etsy/search-pendants"].file, "utf8")) });
    place(bench, "etsy/product-copied-sneakers");
    const tab = bench.keep(await browser.open(results));
    await settled(browser, tab);
    const before = (await shown(tab)).length;
    const readings = await countReadings(browser);
    await tab.click("#go");
    await marks(tab, 2);
    assert.notEqual(before, 2);
    const first = await calm(readings, 2, "a part that was swapped");
    await tab.click("#on");
    await card(tab, "likely");
    assert.deepEqual(facts(await offered(browser, tab, direct.title)), facts(direct));
    assert.deepEqual((await shown(tab)).map(({ form }) => form), ["card"]);
    const next = (await calm(readings, first + 3, "a body that was swapped")) - first;
    await tab.evaluate(() => history.back());
    await marks(tab, 2);
    bench.note(`${first} and ${next} readings`);
  },
};
