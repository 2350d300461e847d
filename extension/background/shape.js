// Shapes of messages. A content script lives in a stranger's page, so nothing it says is believed before it was looked at.

const MAX_SNAPSHOT = 2_000_000;
const MAX_PARTS = 5_000;
const ROLES = ["offer", "tile", "page"];

/** @param {unknown} value @returns {value is Record<string, any>} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value @param {number} [limit] @returns {value is string} */
export const isText = (value, limit = 2_000) => typeof value === "string" && value.length > 0 && value.length <= limit;

/** @param {unknown} value */
const isTextOrNothing = (value) => value === null || value === undefined || typeof value === "string";

/** @param {unknown} value @returns {value is string[]} */
const isTexts = (value) => Array.isArray(value) && value.every((item) => typeof item === "string");

/** @param {unknown} value @returns {value is Snapshot} */
export const isSnapshot = (value) => {
  if (!isObject(value) || !isText(value["url"], 20_000)) return false;
  const { regions, structured, state, truncated, language, title } = value;
  return (
    isTextOrNothing(language) &&
    isTextOrNothing(title) &&
    typeof truncated === "boolean" &&
    isObject(state) &&
    Array.isArray(regions) &&
    regions.every((region) => isObject(region) && ROLES.includes(region["role"]) && typeof region["html"] === "string") &&
    isObject(structured) &&
    isTexts(structured["jsonLd"]) &&
    isTexts(structured["microdata"]) &&
    isTextOrNothing(structured["canonical"]) &&
    Array.isArray(structured["meta"]) &&
    structured["meta"].every((pair) => isTexts(pair) && pair.length === 2) &&
    JSON.stringify(value).length <= MAX_SNAPSHOT
  );
};

/** Elements of a page as `content/structure.js` tells them. @param {unknown} value @returns {value is Part[]} */
export const isStructure = (value) =>
  Array.isArray(value) &&
  value.length <= MAX_PARTS &&
  value.every((part) => Array.isArray(part) && part.length === 5 && Number.isInteger(part[0]) && part[0] >= 0 && isTexts(part.slice(1, 4)) && isTexts(part[4]));

/** @param {unknown} value @returns {value is number} */
export const isIndex = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 10_000;
