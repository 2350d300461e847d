// Draws the PNG icons from touchstone.svg: `node extension/icons/render.mjs`. The results are committed, so that a build needs no browser.

import { readFile, writeFile } from "node:fs/promises";
import puppeteer from "puppeteer-core";

const svg = await readFile(new URL("touchstone.svg", import.meta.url), "utf8");
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const size of [16, 32, 48, 128]) {
  await page.setViewport({ width: size, height: size });
  // The stores ask for some free space around the large icon; the small ones need every pixel.
  const inset = size === 128 ? 8 : 0;
  await page.setContent(
    `<style>*{margin:0}svg{display:block;width:${size - 2 * inset}px;height:${size - 2 * inset}px;margin:${inset}px}</style>${svg}`,
  );
  await writeFile(new URL(`${size}.png`, import.meta.url), await page.screenshot({ omitBackground: true }));
}
await browser.close();
