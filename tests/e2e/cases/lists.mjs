//! Lists that grow, that fill their tiles late, that reuse or replace them: each suspicious offer is marked once, and no other one ever.

import assert from "node:assert/strict";
import { marks, settled, shown } from "../lib/card.mjs";
import { COPY, GENUINE, PLAIN, item, results, tile } from "../lib/ebay.mjs";
import { countReadings } from "../lib/readings.mjs";
import { pause, until } from "../lib/wait.mjs";

/**
 * Runs in the page and looks at every frame: which tiles bear an element of ours, which is one without attributes and content, though their title does
 * not say that they are copies; and how many such elements were ever put in.
 */
const WATCH = `<script>
  window.wrong = [];
  window.put = 0;
  const ours = (node) => node.nodeName === "DIV" && !node.attributes.length && !node.hasChildNodes();
  const marked = (tile) => [...tile.querySelectorAll("div")].some(ours);
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver((records) => { for (const { addedNodes } of records) for (const node of addedNodes) if (ours(node)) put++; }).observe(document.body, { childList: true, subtree: true });
    const look = () => {
      for (const tile of document.querySelectorAll("li.s-card")) {
        const title = tile.querySelector(".s-card__title")?.textContent ?? "";
        if (!title.includes("replica") && marked(tile)) wrong.push(title);
      }
      requestAnimationFrame(look);
    };
    look();
  });
</script>`;

let next = 0;
/** Serves a list with a script of the page's own and opens it. */
async function list(bench, offers, script = "") {
  const address = `https://www.ebay.com/sch/i.html?_nkw=list${next++}`;
  const body = `<button id="go" type="button">Go</button>${WATCH}<script>
    const rows = document.querySelector(".srp-results");
    const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    ${script}
  </script>`;
  const tab = await bench.open(bench.shops.serve(address, { body: results(offers, { body }) }));
  await settled(await bench.browser(), tab);
  // Only a tab in front is scrolled and drawn.
  await tab.front();
  return tab;
}

const fresh = (facts) => ({ ...facts, item: item() });
/** The items of the tiles that are marked, in the page's order. */
const marked = (tab) => tab.inside((root) => root.host.closest("li")?.dataset.listingid ?? "none");
/** What the page saw of us. */
const seen = (tab) => tab.evaluate(() => ({ wrong: [...new Set(window.wrong)], put: window.put }));

export const tests = {
  "of a list without end each batch is marked soon, each tile once": async (bench) => {
    const browser = await bench.browser();
    const batches = Array.from({ length: 7 }, () => [GENUINE, COPY, PLAIN].map(fresh));
    const [first, ...more] = batches;
    const tab = await list(
      bench,
      first,
      `const more = ${JSON.stringify(more.map((batch) => batch.map(tile).join("")))};
      document.body.style.paddingBottom = "2000px";
      addEventListener("scroll", () => {
        if (!more.length || window.loading) return;
        window.loading = true;
        setTimeout(() => { rows.insertAdjacentHTML("beforeend", more.shift()); window.loading = false; }, 30);
      });`,
    );
    await marks(tab, 1);
    const readings = await countReadings(browser);
    let slowest = 0;
    for (let batch = 1; batch < batches.length; batch++) {
      await tab.evaluate((top) => scrollTo({ top, behavior: "instant" }), batch * 40);
      const began = Date.now();
      await marks(tab, batch + 1);
      slowest = Math.max(slowest, Date.now() - began);
    }
    assert.deepEqual(await marked(tab), batches.map(([, copy]) => copy.item));
    const { wrong, put } = await seen(tab);
    assert.deepEqual(wrong, []);
    assert.equal(put, batches.length, "no mark was made twice");
    const made = await readings();
    assert.ok(made <= 2 * more.length, `${made} readings for ${more.length} batches`);
    assert.ok(slowest < 2_500, `a batch was marked after ${slowest} ms`);
    bench.note(`${made} readings for ${more.length} batches, the slowest marked after ${slowest} ms`);
  },

  "a tile that is given another offer loses its mark at once, and the offer is judged": async (bench) => {
    // As virtualised lists do: the elements stay, texts and addresses change while the page is scrolled.
    const [one, two] = [[COPY, GENUINE, PLAIN].map(fresh), [GENUINE, PLAIN, COPY].map(fresh)];
    const tab = await list(
      bench,
      one,
      `const windows = ${JSON.stringify([one, two])};
      let at = 0;
      document.body.style.paddingBottom = "2000px";
      const fill = () => {
        for (const [nth, { title, price, item }] of windows[at].entries()) {
          const tile = rows.children[nth];
          tile.dataset.listingid = item;
          tile.querySelector("a").href = "https://www.ebay.com/itm/" + item;
          tile.querySelector(".s-card__title span").firstChild.data = title;
          tile.querySelector(".s-card__price").firstChild.data = price;
        }
      };
      addEventListener("scroll", () => { at = 1 - at; fill(); });`,
    );
    await marks(tab, 1);
    for (const [step, wanted] of [[1, two[2]], [2, one[0]], [3, two[2]]]) {
      await tab.evaluate((top) => scrollTo({ top, behavior: "instant" }), step * 30);
      await until("the mark on the tile that holds the copy by now", async () => (await marked(tab)).join() === wanted.item);
    }
    assert.deepEqual((await seen(tab)).wrong, [], "no frame showed a mark on another offer");
  },

  "tiles that the page makes anew get their marks back, others' places none": async (bench) => {
    const browser = await bench.browser();
    const one = [COPY, GENUINE, PLAIN].map(fresh);
    const two = [GENUINE, COPY, PLAIN].map(fresh);
    const tab = await list(bench, one, `const html = ${JSON.stringify(two.map(tile).join(""))}; go.onclick = () => { rows.innerHTML = html; };`);
    await marks(tab, 1);
    const readings = await countReadings(browser);
    await tab.evaluate(() => {
      const rows = document.querySelector(".srp-results");
      rows.innerHTML = rows.innerHTML;
    });
    await until("the mark on the new tile", async () => (await marked(tab)).join() === one[0].item);
    await pause(600);
    assert.equal(await readings(), 0, "what is the same was not asked again");
    await tab.click("#go");
    await until("the mark on the other offer", async () => (await marked(tab)).join() === two[1].item);
    assert.deepEqual((await seen(tab)).wrong, [], "no frame showed a mark on another offer");
    assert.ok((await readings()) <= 2);
  },

  "a tile whose price comes late is judged with it, and marked once": async (bench) => {
    const cheap = fresh({ ...GENUINE, price: "US $12.99" });
    const copy = fresh(COPY);
    const offers = [copy, cheap, fresh(PLAIN)];
    const tab = await list(
      bench,
      offers.map((one) => ({ ...one, price: "" })),
      `const prices = ${JSON.stringify(offers.map(({ price }) => price))};
      go.onclick = async () => {
        for (const [nth, box] of [...document.querySelectorAll(".s-card__price")].entries()) { await later(150); box.textContent = prices[nth]; }
      };`,
    );
    await marks(tab, 1);
    assert.deepEqual(await marked(tab), [copy.item], "words tell without a price");
    await tab.click("#go");
    await marks(tab, 2);
    assert.deepEqual(await marked(tab), [copy.item, cheap.item]);
    await pause(800);
    assert.deepEqual((await shown(tab)).map(({ level }) => level), ["likely", "caution"]);
  },

  "a mark covers neither words nor controls, in view and out of it": async (bench) => {
    const offers = Array.from({ length: 24 }, () => fresh(COPY));
    // Beside the price a control that leaves room for a small mark in some tiles, for a large one in others, and for none.
    const tab = await list(
      bench,
      offers,
      `for (const [nth, price] of [...document.querySelectorAll(".s-card__price")].entries()) {
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: "+" });
        Object.assign(price.parentNode.style, { position: "relative" });
        Object.assign(button.style, { position: "absolute", top: "0", left: ["80px", "120px", "230px"][nth % 3], width: "40px", height: "24px" });
        price.after(button);
      }`,
    );
    await marks(tab, offers.length);
    const covers = await tab.inside((root) => {
      const tile = root.host.closest("li");
      const own = root.querySelector(".box").getBoundingClientRect();
      const range = document.createRange();
      const texts = [...tile.querySelectorAll(".s-card__title span, .s-card__price")].flatMap((one) => {
        range.selectNodeContents(one);
        return [...range.getClientRects()];
      });
      const controls = [...tile.querySelectorAll("button")].map((one) => one.getBoundingClientRect());
      const over = ({ left, right, top, bottom }) => left < own.right && right > own.left && top < own.bottom - 4 && bottom > own.top + 4;
      return { inView: own.bottom > 0 && own.top < innerHeight, words: texts.some(over), controls: controls.some(over), icon: root.querySelector(".t").classList.contains("icon") };
    });
    assert.ok(covers.some(({ inView }) => inView) && covers.some(({ inView }) => !inView), "some are in view, some are not");
    assert.deepEqual(covers.filter(({ words, controls }) => words || controls), []);
    assert.deepEqual([...new Set(covers.map(({ icon }) => icon))].sort(), [false, true], "in either form");
  },
};
