//! Chromium, driven over a pipe with puppeteer-core. Closed shadow roots are read through the DevTools protocol.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import puppeteer from "puppeteer-core";
import { Tab } from "./tab.mjs";
import { until, within } from "./wait.mjs";

const EXECUTABLE = process.env.TOUCHSTONE_CHROMIUM ?? "/usr/bin/chromium";
/** A document of the extension in which no script of it runs. */
const HELPER = "manifest.json";
const VIEWPORT = { width: 1280, height: 900 };

/** Everything that Chromium would otherwise ask of the network by itself. */
const QUIET = [
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-quic",
  "--no-default-browser-check",
  "--no-pings",
  "--disable-features=OptimizationHints,CertificateTransparencyComponentUpdater,AutofillServerCommunication,NetworkTimeServiceQuerying",
];

export class Chromium {
  name = "chrome";
  /** Uncaught errors, console errors and blocked-by-policy notes of pages, content scripts and the background. */
  errors = [];
  /** Our listening session of each target. While one is attached, a worker cannot be ended. */
  #sessions = new WeakMap();
  /** @type {ChromiumTab | undefined} */
  #helper;

  /**
   * @param {{shops: import("./shops.mjs").Shops, extension: string, profile: string, headless?: boolean, private?: boolean}} options
   */
  static async launch(options) {
    const browser = new Chromium();
    browser.options = options;
    // Unpacked extensions outlive a restart in developer mode alone.
    await mkdir(path.join(options.profile, "Default"));
    await writeFile(path.join(options.profile, "Default", "Preferences"), JSON.stringify({ extensions: { ui: { developer_mode: true } } }));
    await browser.#start();
    return browser;
  }

  async #start() {
    const { shops, extension, profile, headless = true, private: hidden = false } = this.options;
    const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    this.driver = await puppeteer.launch({
      executablePath: EXECUTABLE,
      headless,
      pipe: true,
      userDataDir: profile,
      acceptInsecureCerts: true,
      enableExtensions: true,
      defaultViewport: headless ? VIEWPORT : null,
      args: [...root, ...QUIET, `--load-extension=${extension}`, `--host-resolver-rules=MAP * 127.0.0.1:${shops.port}`, "--lang=en-US"],
      env: { ...process.env, LANGUAGE: "en_US", TZ: "UTC" },
      timeout: 30_000,
      protocolTimeout: 30_000,
    });
    const first = !this.extensionId;
    await this.#find();
    if (first && hidden) {
      await this.#configure({ incognitoAccess: true });
      await this.#find();
    }
    this.driver.on("targetcreated", (target) => void this.#listen(target));
    for (const target of this.driver.targets()) void this.#listen(target);
  }

  async #find() {
    [[this.extensionId, this.extension]] = await until("the extension in Chromium", async () => {
      const found = [...(await this.driver.extensions())].filter(([, one]) => one.enabled);
      return found.length ? found : null;
    });
    this.base = `chrome-extension://${this.extensionId}`;
  }

  /** Changes what the user may change about the extension in the browser's own settings. */
  async #configure(change) {
    const tab = await this.open("chrome://extensions");
    try {
      await tab.evaluate((id, settings) => chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, ...settings }), this.extensionId, change);
      await tab.until("the extension after the change", async (id) => (await chrome.developerPrivate.getExtensionInfo(id)).state === "ENABLED", this.extensionId);
    } finally {
      await tab.close();
    }
  }

  async #listen(target) {
    if (this.#sessions.has(target) || !["page", "service_worker"].includes(target.type())) return;
    const attached = target.createCDPSession();
    this.#sessions.set(target, attached);
    try {
      const session = await attached;
      session.on("Runtime.exceptionThrown", ({ exceptionDetails }) => {
        this.errors.push(`${exceptionDetails.exception?.description ?? exceptionDetails.text} (${exceptionDetails.url ?? target.url()})`);
      });
      session.on("Runtime.consoleAPICalled", ({ type, args, stackTrace }) => {
        if (type !== "error") return;
        const from = stackTrace?.callFrames[0]?.url ?? target.url();
        this.errors.push(`${args.map((one) => one.description ?? one.value).join(" ")} (${from})`);
      });
      session.on("Log.entryAdded", ({ entry }) => {
        if (entry.level === "error" && entry.source !== "network") this.errors.push(`${entry.text} (${entry.url ?? target.url()})`);
      });
      await Promise.all([session.send("Runtime.enable"), session.send("Log.enable")]);
    } catch {
      /* The target went away while we turned to it. */
    }
  }

  /**
   * Opens an address in a tab of its own.
   * @param {string} [address]
   * @param {{private?: boolean}} [options]
   */
  async open(address, { private: hidden = false } = {}) {
    if (hidden) return this.#openPrivate(address);
    const tab = new ChromiumTab(this, await this.driver.newPage());
    if (address) await tab.goto(address);
    return tab;
  }

  async #openPrivate(address) {
    const helper = await this.open(`${this.base}/manifest.json`);
    const before = new Set(this.driver.targets());
    await helper.evaluate((url) => chrome.windows.create({ incognito: true, url }), address);
    const target = await this.driver.waitForTarget((one) => !before.has(one) && one.type() === "page" && one.url() !== "about:blank", { timeout: 10_000 });
    await helper.close();
    const page = await target.asPage();
    if (this.options.headless !== false) await page.setViewport(VIEWPORT);
    const tab = new ChromiumTab(this, page);
    await tab.until("the private page to load", () => document.readyState === "complete");
    return tab;
  }

  /** Opens one of the extension's own pages as a tab. */
  extensionPage(path) {
    return this.open(`${this.base}/${path}`);
  }

  /** Clicks the toolbar button on this tab, where no popup is expected. */
  async pressButton(tab) {
    await tab.page.bringToFront();
    await tab.page.triggerExtensionAction(this.extension);
  }

  /** Clicks the toolbar button on this tab, which grants the extension this tab, and gives the popup. */
  async popup(tab) {
    await tab.page.bringToFront();
    const before = new Set(this.driver.targets());
    await tab.page.triggerExtensionAction(this.extension);
    const target = await this.driver.waitForTarget((one) => !before.has(one) && one.url().startsWith(`${this.base}/`) && one.type() === "page", {
      timeout: 10_000,
    });
    return new ChromiumTab(this, await target.asPage());
  }

  #workerTarget() {
    return this.driver.targets().findLast((one) => one.type() === "service_worker" && one.url().startsWith(this.base));
  }

  /** Runs a function in the background; it must be awake. */
  async background(fn, ...args) {
    // A worker that is being ended still has its target for a moment, and would never answer.
    const [answer] = await until("an awake background", async () => {
      const worker = await within(2_000, "reaching the background", Promise.resolve(this.#workerTarget()?.worker()));
      return worker && [await within(4_000, "asking the background", worker.evaluate(fn, ...args))];
    }, 20_000);
    return answer;
  }

  /** Ends the background as the browser does, whatever it is doing. */
  async killBackground() {
    const target = this.#workerTarget();
    if (!target) return false;
    const worker = await within(5_000, "reaching the background", target.worker());
    const session = await within(2_000, "our session", Promise.resolve(this.#sessions.get(target))).catch(() => null);
    await session?.detach().catch(() => {});
    await worker.close();
    await until("the background to be gone", () => !this.driver.targets().includes(target));
    return true;
  }

  /** Runs a function in a page of the extension that may use the clipboard; it stays open, behind the others. */
  async #atClipboard(fn, ...args) {
    if (!this.#helper || this.#helper.page.isClosed()) {
      this.#helper = await this.open(`${this.base}/${HELPER}`);
      await this.driver.defaultBrowserContext().overridePermissions(this.base, ["clipboard-read", "clipboard-write"]);
    }
    await until("the focus that the clipboard asks for", async () => {
      await this.#helper.page.bringToFront();
      return this.#helper.evaluate(() => document.hasFocus());
    });
    return this.#helper.evaluate(fn, ...args);
  }

  /** What a paste would give. */
  clipboard() {
    return this.#atClipboard(() => navigator.clipboard.readText());
  }

  /** Puts a text on the clipboard, so that a test sees whether it was replaced. */
  copy(text) {
    return this.#atClipboard((words) => navigator.clipboard.writeText(words), text);
  }

  /** Errors and warnings that Chromium has about the extension's manifest. */
  async manifestWarnings() {
    const tab = await this.open("chrome://extensions");
    try {
      return await tab.evaluate(async (id) => {
        const info = await chrome.developerPrivate.getExtensionInfo(id);
        return [...info.manifestErrors, ...info.installWarnings].map((one) => one.message ?? String(one));
      }, this.extensionId);
    } finally {
      await tab.close();
    }
  }

  /** Takes away the extension's standing access to all its sites, as the user may. */
  async revokeHosts() {
    await this.#configure({ hostAccess: "ON_CLICK" });
  }

  /** Gives it back. */
  async grantHosts() {
    await this.#configure({ hostAccess: "ON_ALL_SITES" });
  }

  /** The folder of what the user saves from now on. */
  async downloads() {
    const downloadPath = path.join(this.options.profile, "downloads");
    const session = await this.driver.target().createCDPSession();
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath });
    return downloadPath;
  }

  /**
   * Does what makes the extension ask for a host, and agrees. The browser's question cannot be reached from here; it is not asked where the user
   * has already allowed the host on the browser's own page of extensions, and the permission is then granted as it is after the question.
   * @param {string} origin @param {() => Promise<void>} act
   */
  async agreeing(origin, act) {
    await this.#configure({ hostAccess: "ON_SPECIFIC_SITES" });
    const tab = await this.open("chrome://extensions");
    try {
      await tab.evaluate((id, host) => chrome.developerPrivate.addHostPermission(id, host), this.extensionId, origin);
    } finally {
      await tab.close();
    }
    await act();
  }

  /** The tabs that are open, by address. */
  async addresses() {
    return this.driver.targets().filter((one) => one.type() === "page" && one.url() !== `${this.base}/${HELPER}`).map((one) => one.url());
  }

  /** Closes the browser and starts it again with the same profile. */
  async restart() {
    await this.#stop();
    this.#helper = undefined;
    await this.#start();
  }

  close() {
    return this.#stop();
  }

  async #stop() {
    const child = this.driver.process();
    await within(10_000, "closing Chromium", this.driver.close()).catch(() => child?.kill("SIGKILL"));
  }
}

class ChromiumTab extends Tab {
  constructor(browser, page) {
    super();
    this.browser = browser;
    this.page = page;
    page.on("error", () => {});
    page.on("dialog", (dialog) => void dialog.dismiss().catch(() => {}));
  }

  /** In front, as a page is that a person opens: a tab behind another is neither drawn nor loaded in time. */
  async goto(address) {
    await this.front();
    await this.page.goto(address, { timeout: 20_000, waitUntil: "load" });
  }

  front() {
    return this.page.bringToFront();
  }

  url() {
    return this.page.url();
  }

  evaluate(fn, ...args) {
    return this.page.evaluate(fn, ...args);
  }

  /** Runs a function that is given as text. */
  script(source) {
    return this.page.evaluate(`(${source})()`);
  }

  async #session() {
    this.session ??= await this.page.createCDPSession();
    return this.session;
  }

  /** Runs a function with each closed shadow root of the page and, after the other values, its number, in a world that the page cannot reach. */
  async inside(fn, ...args) {
    const session = await this.#session();
    const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: this.page.mainFrame()._id, worldName: "test" });
    // Ours is an element without attributes or content; only DevTools tells which of them has a closed root. A snapshot of the whole page would tell it too, but takes seconds.
    const candidates = await session.send("Runtime.evaluate", {
      contextId: executionContextId,
      expression: `[...Document.prototype.querySelectorAll.call(document, "div")].filter((one) => !one.attributes.length && !one.hasChildNodes())`,
    });
    const listed = await session.send("Runtime.getProperties", { objectId: candidates.result.objectId, ownProperties: true });
    const elements = listed.result.filter(({ name, value }) => /^\d+$/.test(name) && value?.objectId);
    const described = await Promise.all(elements.map(({ value }) => session.send("DOM.describeNode", { objectId: value.objectId, depth: 1, pierce: true })));
    const roots = described.flatMap(({ node }) => (node.shadowRoots ?? []).filter(({ shadowRootType }) => shadowRootType === "closed"));
    if (!roots.length) return [];
    const handles = [];
    for (const { backendNodeId } of roots) {
      const { object } = await session.send("DOM.resolveNode", { backendNodeId, executionContextId });
      handles.push({ objectId: object.objectId });
    }
    const { result, exceptionDetails } = await session.send("Runtime.callFunctionOn", {
      executionContextId,
      functionDeclaration: `function (args, ...roots) {
        return Promise.all(roots.map((root, at) => (${fn})(root, ...args, at)));
      }`,
      arguments: [{ value: args }, ...handles],
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async pointer(x, y) {
    await this.page.bringToFront();
    await this.page.mouse.click(x, y);
  }

  /** A trusted click on the first element that the selector finds, in a popup too. */
  async press(selector) {
    await this.page.click(selector);
  }

  async key(name) {
    await this.page.bringToFront();
    await this.page.keyboard.press(name);
  }

  /** The look that pages are asked for: light or dark. */
  async scheme(value) {
    await this.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
  }

  /**
   * How the page is seen: in which colours, in how wide a window, magnified how many times. `keep` leaves the window as it is.
   * @param {{scheme?: "light"|"dark", forced?: boolean, width?: number, zoom?: number, keep?: boolean}} look
   */
  async look({ scheme = "light", forced = false, width = VIEWPORT.width, zoom = 1, keep = false }) {
    const features = [
      { name: "prefers-color-scheme", value: scheme },
      { name: "forced-colors", value: forced ? "active" : "none" },
    ];
    await (await this.#session()).send("Emulation.setEmulatedMedia", { features });
    if (!keep) await this.page.setViewport({ width: width / zoom, height: VIEWPORT.height / zoom, deviceScaleFactor: zoom });
  }

  async screenshot(path, { full = false } = {}) {
    await this.page.bringToFront();
    await this.page.screenshot({ path, fullPage: full });
  }

  async close() {
    await this.page.close();
  }
}
