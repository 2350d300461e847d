// The languages hold the same messages, filled with the same values, and none says what cannot be known.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const root = new URL("../../extension/", import.meta.url);
const locales = await readdir(new URL("_locales/", root));
/** @type {Record<string, Record<string, { message: string, placeholders?: Record<string, { content: string }> }>>} */
const messages = {};
for (const locale of locales) messages[locale] = JSON.parse(await readFile(new URL(`_locales/${locale}/messages.json`, root), "utf8"));
const english = messages.en;

const sources = [];
for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|html)$/.test(entry.name) || entry.parentPath.includes("gallery")) continue;
  sources.push(await readFile(`${entry.parentPath}/${entry.name}`, "utf8"));
}
const manifest = await readFile(new URL("../manifest.json", root), "utf8");
const code = [...sources, manifest].join("\n");

const SIGNALS = [
  "price_far_below_genuine", "seller_admits", "seller_hints", "masked_brand", "impossible_specification", "reviews_doubt", "reviews_praise_copy", "designer_under_no_brand", "contradiction", "coded_name", "ships_from_elsewhere", "many_colourways", "new_seller_luxury", "many_brands_one_seller", "far_below_same_page", "hidden_link", "off_platform_contact", "brand_in_shop_domain", "other",
];
const REASSURANCES = ["sold_by_shop", "brand_store", "brand_seller", "official_store", "authenticity_checked", "official_mall", "brand_domain"];

test("every language has the messages of English and no others", () => {
  for (const locale of locales) assert.deepEqual(Object.keys(messages[locale]).sort(), Object.keys(english).sort(), locale);
});

test("every message uses the values that the English one uses, each declared", () => {
  for (const locale of locales) {
    for (const [key, { message, placeholders = {} }] of Object.entries(messages[locale])) {
      const used = [...new Set([...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase()))].sort();
      const inEnglish = [...new Set([...english[key].message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase()))].sort();
      assert.deepEqual(used, inEnglish, `${locale} ${key}`);
      for (const name of used) assert.ok(placeholders[name], `${locale} ${key}: $${name}$ is not declared`);
      assert.deepEqual(placeholders, english[key].placeholders ?? {}, `${locale} ${key}`);
      assert.ok(message.trim() === message && message.length > 0, `${locale} ${key} is empty or padded`);
    }
  }
});

test("every message that the code names exists, and every message is named", () => {
  const named = new Set([...code.matchAll(/(?:say\(|data-say=)"(\w+)"|__MSG_(\w+)__/g)].map(([, one, two]) => one ?? two));
  for (const key of named) assert.ok(english[key], `${key} is named but missing`);
  const made = /^(signal_|error_|level_|mark_|fact_|availability_|condition_|popup_offer_|popup_silenced_|card_|report_|options_|channel_)/;
  for (const key of Object.keys(english)) {
    assert.ok(named.has(key) || made.test(key) || code.includes(`"${key}"`), `${key} is never used`);
  }
});

test("every signal has its four sentences, every reassurance its title", () => {
  for (const code of SIGNALS) {
    for (const part of ["title", "observed", "innocent", "clears"]) assert.ok(english[`signal_${code}_${part}`], `${code} ${part}`);
  }
  for (const code of REASSURANCES) assert.ok(english[`signal_${code}_title`], code);
});

test("no sentence says that goods are fake, or that an offer is safe or genuine", () => {
  const words = {
    en: /\b(fakes?|scam|threat|malicious|is (a )?counterfeit|are counterfeits?|is safe|is genuine)\b/i,
    fr: /\b(escroquerie|arnaque|menace|est (une )?contrefaçon|est un faux|est authentique)\b/i,
    zh_CN: /(假货|骗局|诈骗|是仿冒品|是假)/,
  };
  for (const locale of locales) {
    // What would clear a doubt may speak of genuine goods.
    for (const [key, { message }] of Object.entries(messages[locale])) {
      if (!key.endsWith("_clears")) assert.doesNotMatch(message, words[locale] ?? words.en, `${locale} ${key}`);
    }
  }
});
