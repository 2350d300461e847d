//! Pages in the layout of one supported shop, written for these tests: an offer and a list of results.

const escape = (text) => String(text).replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]);

/** An offer that says of itself what sellers of copies say. */
export const COPY = { title: "Michael Kors Jet Set tote 1:1 replica AAA quality with box", price: "US $39.99", seller: "bags-outlet-77", brand: "Michael Kors" };

/** New genuine goods at their usual price. */
export const GENUINE = { title: "Michael Kors Jet Set Travel Large Saffiano Leather Tote", price: "US $228.00", seller: "leather-house", brand: "Michael Kors" };

/** Goods of no brand that is known. */
export const PLAIN = { title: "Garden hose 30 m with brass nozzle, green", price: "US $24.50", seller: "garden-corner", brand: "Greenhose" };

let next = 256_010_000_000;

/** An item number that no other test uses. */
export const item = () => String(next++);

export const address = (number, query = "") => `https://www.ebay.com/itm/${number}${query}`;

/**
 * @param {{title: string, price: string, seller?: string, sellerId?: string, brand?: string, condition?: string, item?: string, body?: string, head?: string}} facts
 */
export function offer(facts) {
  const { title, price, seller, sellerId = seller, brand, condition = "New with tags", head = "", body = "" } = facts;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)} | eBay</title>${head}
<style>body{font:16px/1.4 sans-serif;margin:0 auto;max-width:1000px}#mainContent{padding:20px}.x-price-primary{font-size:24px;font-weight:bold}</style></head>
<body><header><a href="/">Shop</a></header><div id="mainContent">
<div class="vim x-item-title"><h1 class="x-item-title__mainTitle"><span class="ux-textspans ux-textspans--BOLD">${escape(title)}</span></h1></div>
<div class="vim x-sellercard-atf"><div class="x-sellercard-atf__info"><div class="x-sellercard-atf__info__about-seller"><a href="https://www.ebay.com/sch/i.html?_ssn=${escape(sellerId)}"><span class="ux-textspans ux-textspans--BOLD">${escape(seller)}</span></a></div></div></div>
<div class="vim x-price-section"><div class="x-price-primary"><span class="ux-textspans">${escape(price)}</span></div></div>
<div class="vim x-item-condition"><div class="x-item-condition-text"><div class="ux-icon-text"><span class="ux-icon-text__text"><span class="ux-textspans">${escape(condition)}</span></span></div></div></div>
<div class="actions"><button type="button">Buy it now</button></div></div>
<div class="vim x-about-this-item" data-testid="x-about-this-item"><dl class="ux-labels-values"><dt class="ux-labels-values__labels">Brand</dt><dd class="ux-labels-values__values"><span class="ux-textspans">${escape(brand ?? "")}</span></dd></dl></div>
${body}<footer><p>Footer of the shop</p></footer></body></html>`;
}

/** One result. @param {{title: string, price: string, item?: string, seller?: string}} facts */
export function tile({ title, price, seller = "someone", item: number = item() }) {
  return `<li class="s-card" data-listingid="${number}"><div class="su-card-container"><div class="su-card-container__header"><a class="s-card__link" href="https://www.ebay.com/itm/${number}"><div class="s-card__title"><span>${escape(title)}</span></div></a>
<div class="s-card__subtitle-row"><div class="s-card__subtitle"><span>Brand New</span></div></div></div><div class="su-card-container__attributes"><div class="su-card-container__attributes__primary"><div class="s-card__attribute-row"><span class="s-card__price">${escape(price)}</span></div></div>
<div class="su-card-container__attributes__secondary"><div class="s-card__attribute-row">${escape(seller)} 98.7% (412)</div></div></div></div></li>`;
}

/** A page of results. @param {Parameters<typeof tile>[0][]} offers */
export function results(offers, { body = "" } = {}) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Results | eBay</title>
<style>body{font:16px/1.4 sans-serif;margin:0 auto;max-width:1000px}.srp-results{list-style:none;padding:0;display:grid;grid-template-columns:repeat(3,1fr);gap:16px}.s-card{border:1px solid #ccc;padding:12px;min-height:150px}</style></head>
<body><main id="srp-river-results"><ul class="srp-results srp-list">${offers.map(tile).join("\n")}</ul></main>${body}</body></html>`;
}
