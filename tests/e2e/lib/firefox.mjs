//! Firefox, driven over Marionette: the add-on is really installed, pages and closed shadow roots are read with the browser's own rights.

import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { readFileSync } from "node:fs";
import { Marionette } from "./marionette.mjs";
import { Tab } from "./tab.mjs";
import { pause, until, within } from "./wait.mjs";
import { zip } from "./zip.mjs";

const EXECUTABLE = process.env.TOUCHSTONE_FIREFOX ?? "/usr/bin/firefox-esr";
const UUID = "7c1e5a0e-57a1-4d1b-9f10-000000000001";

const DOWNLOADS = "downloads";

const KEYS = { Tab: "\uE004", Enter: "\uE007", Escape: "\uE00C", Space: " ", ArrowDown: "\uE015", ArrowUp: "\uE013", Shift: "\uE008" };

/** Everything that Firefox would otherwise ask of the network by itself, or show on its own account. */
const QUIET = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.newtabpage.enabled": false,
  "browser.safebrowsing.blockedURIs.enabled": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "browser.search.update": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage": "about:blank",
  "browser.startup.page": 0,
  "browser.topsites.contile.enabled": false,
  "captivedetect.canonicalURL": "",
  "datareporting.healthreport.uploadEnabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "datareporting.usage.uploadEnabled": false,
  "dom.push.connection.enabled": false,
  "extensions.getAddons.cache.enabled": false,
  "extensions.getAddons.discovery.api_url": "",
  "extensions.systemAddon.update.enabled": false,
  "extensions.systemAddon.update.url": "",
  "extensions.update.enabled": false,
  "geo.provider.network.url": "",
  "media.gmp-manager.url": "",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.disablePrefetch": true,
  "network.http.speculative-parallel-limit": 0,
  "network.prefetch-next": false,
  "network.trr.mode": 5,
  "region.network.url": "",
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "telemetry.enabled": false,
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "",
};

export class Firefox {
  name = "firefox";
  errors = [];

  /**
   * @param {{shops: import("./shops.mjs").Shops, extension: string, profile: string, headless?: boolean}} options
   */
  static async launch(options) {
    const browser = new Firefox();
    browser.options = options;
    await browser.#prepare();
    await browser.#start();
    await browser.#install();
    return browser;
  }

  async #prepare() {
    const { shops, profile, extension } = this.options;
    const manifest = JSON.parse(readFileSync(path.join(extension, "manifest.json"), "utf8"));
    this.extensionId = manifest.browser_specific_settings.gecko.id;
    this.base = `moz-extension://${UUID}`;
    this.port = await freePort();
    const preferences = {
      ...QUIET,
      "marionette.port": this.port,
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": shops.proxyPort,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": shops.proxyPort,
      "network.proxy.no_proxies_on": "",
      "network.proxy.allow_hijacking_localhost": true,
      "xpinstall.signatures.required": false,
      "extensions.autoDisableScopes": 0,
      "extensions.webextensions.uuids": JSON.stringify({ [this.extensionId]: UUID }),
      "intl.accept_languages": "en-US, en",
      "ui.systemUsesDarkTheme": 0,
      "toolkit.cosmeticAnimations.enabled": false,
      "browser.download.folderList": 2,
      "browser.download.dir": path.join(profile, DOWNLOADS),
      "browser.download.alwaysOpenPanel": false,
    };
    const lines = Object.entries(preferences).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});\n`);
    await writeFile(path.join(profile, "user.js"), lines.join(""));
  }

  async #start() {
    const { profile, headless = true } = this.options;
    const mode = headless ? ["--headless", "--width", "1280", "--height", "1000"] : [];
    this.process = spawn(EXECUTABLE, [...mode, "--profile", profile, "--marionette", "--remote-allow-system-access", "--no-remote"], {
      stdio: ["ignore", "ignore", "ignore"],
      env: { ...process.env, LANG: "C.UTF-8", LANGUAGE: "en_US", TZ: "UTC", MOZ_CRASHREPORTER_DISABLE: "1" },
    });
    this.process.on("error", (error) => (this.failure = error));
    const child = this.process;
    this.reaper = () => child.kill("SIGKILL");
    process.on("exit", this.reaper);
    this.client = await until("Firefox to listen", () => {
      if (this.failure) throw this.failure;
      return Marionette.connect(this.port);
    }, 30_000);
    await within(30_000, "starting a session in Firefox", this.client.send("WebDriver:NewSession", { acceptInsecureCerts: true, pageLoadStrategy: "normal" }));
    await this.client.send("WebDriver:SetTimeouts", { script: 30_000, pageLoad: 60_000 });
    await this.chrome(collectErrors, this.base);
  }

  async #install() {
    const file = path.join(this.options.profile, "touchstone-under-test.xpi");
    await writeFile(file, await zip(this.options.extension));
    await this.client.alone((send) => send("Addon:Install", { path: file, temporary: false, allowPrivateBrowsing: true }));
    await until("the extension in Firefox", () => this.chrome((id) => Boolean(WebExtensionPolicy.getByID(id)?.extension?.hasPermission), this.extensionId));
  }

  /** Runs a function with the browser's own rights. */
  async chrome(fn, ...args) {
    return this.client.alone(async (send) => {
      await send("Marionette:SetContext", { value: "chrome" });
      try {
        return await run(send, fn, args, "system");
      } finally {
        await send("Marionette:SetContext", { value: "content" });
      }
    });
  }

  async open(address, { private: hidden = false } = {}) {
    const handle = await this.client.alone(async (send) => {
      const [any] = await send("WebDriver:GetWindowHandles");
      await send("WebDriver:SwitchToWindow", { handle: any });
      const { handle: made } = await send("WebDriver:NewWindow", { type: hidden ? "window" : "tab", private: hidden, focus: true });
      return made;
    });
    const tab = new FirefoxTab(this, handle);
    if (address) await tab.goto(address);
    return tab;
  }

  extensionPage(file) {
    return this.open(`${this.base}/${file}`);
  }

  /** The browsing context of the extension's popup or background, if it is there and loaded. */
  #view(type) {
    return this.chrome(
      (id, wanted) => {
        for (const { viewType, xulBrowser } of WebExtensionPolicy.getByID(id).extension.views) {
          if (viewType === wanted && xulBrowser?.currentURI?.scheme === "moz-extension") return xulBrowser.browsingContext.id;
        }
        return null;
      },
      this.extensionId,
      type,
    );
  }

  async popup(tab) {
    await tab.front();
    await this.chrome(async (id) => {
      const { extension } = WebExtensionPolicy.getByID(id);
      const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
      const action = ExtensionParent.apiManager.global.browserActionFor(extension);
      await action.triggerAction(Services.wm.getMostRecentWindow("navigator:browser"));
    }, this.extensionId);
    const context = await until("the toolbar button's popup", () => this.#view("popup"));
    return new FirefoxView(this, context);
  }

  async background(fn, ...args) {
    const context = await until("an awake background", () => this.#view("background"));
    return new FirefoxView(this, context).evaluate(fn, ...args);
  }

  async killBackground() {
    return this.chrome(async (id) => {
      const { extension } = WebExtensionPolicy.getByID(id);
      const running = extension.backgroundState !== "stopped";
      await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
      return running;
    }, this.extensionId);
  }

  async clipboard() {
    return this.chrome(() => {
      const transfer = Cc["@mozilla.org/widget/transferable;1"].createInstance(Ci.nsITransferable);
      transfer.init(null);
      transfer.addDataFlavor("text/plain");
      Services.clipboard.getData(transfer, Services.clipboard.kGlobalClipboard);
      const data = {};
      try {
        transfer.getTransferData("text/plain", data);
      } catch {
        return "";
      }
      return data.value.QueryInterface(Ci.nsISupportsString).data;
    });
  }

  async copy(text) {
    await this.chrome((words) => {
      Cc["@mozilla.org/widget/clipboardhelper;1"].getService(Ci.nsIClipboardHelper).copyString(words);
    }, text);
  }

  async revokeHosts() {
    await this.chrome(async (id) => {
      const { extension } = WebExtensionPolicy.getByID(id);
      const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
      const origins = [...extension.allowedOrigins.patterns].map((one) => one.pattern);
      await ExtensionPermissions.remove(id, { permissions: [], origins }, extension);
    }, this.extensionId);
  }

  /** The folder of what the user saved. */
  async downloads() {
    return path.join(this.options.profile, DOWNLOADS);
  }

  /** Does what makes the extension ask for a host, and presses the button that agrees in the browser's own question. */
  async agreeing(_origin, act) {
    await act();
    await until("the browser's question", () =>
      this.chrome(() => {
        const { PopupNotifications } = Services.wm.getMostRecentWindow("navigator:browser");
        const button = PopupNotifications.isPanelOpen && PopupNotifications.panel.firstElementChild?.button;
        // It takes no click in its first moments.
        if (button) PopupNotifications.panel.firstElementChild.notification.timeShown = 0;
        button?.click();
        return Boolean(button);
      }),
    );
  }

  async addresses() {
    return this.chrome(() => {
      const found = [];
      for (const win of Services.wm.getEnumerator("navigator:browser")) {
        for (const tab of win.gBrowser.tabs) found.push(tab.linkedBrowser.currentURI.spec);
      }
      return found;
    });
  }

  async restart() {
    await this.#stop();
    await this.#start();
    await until("the extension in Firefox", () => this.chrome((id) => Boolean(WebExtensionPolicy.getByID(id)?.extension), this.extensionId));
  }

  async #gatherErrors() {
    for (const text of await this.chrome(takeErrors)) {
      if (!UNLOADED.test(text)) this.errors.push(text);
    }
  }

  /** Fetches what was noted since; Firefox keeps it until asked. */
  async settleErrors() {
    await this.#gatherErrors();
  }

  async #stop() {
    const { process: child, client } = this;
    const ended = child.exitCode !== null ? Promise.resolve() : new Promise((done) => child.once("exit", done));
    await within(5_000, "quitting Firefox", this.#gatherErrors()).catch(() => {});
    await within(5_000, "quitting Firefox", client.send("Marionette:Quit", { flags: ["eForceQuit"] })).catch(() => {});
    await within(10_000, "closing Firefox", ended).catch(() => child.kill("SIGKILL"));
    await ended;
    client.close();
    process.off("exit", this.reaper);
  }

  close() {
    return this.#stop();
  }
}

/** What Firefox notes where a page of the extension or its background ends while an answer is on its way to it, as when somebody closes the popup at once. */
const UNLOADED = /^Promise (resolved|rejected) after context unloaded/;

/** Something that shows a document and is no tab: a popup, the background. */
class FirefoxView extends Tab {
  constructor(browser, context) {
    super();
    this.browser = browser;
    this.context = context;
  }

  evaluate(fn, ...args) {
    return this.#run(null, fn, args);
  }

  /** A click on the first element that the selector finds, taken for one of the user's. */
  press(selector) {
    const click = (wanted) => {
      const handling = window.windowUtils.setHandlingUserInput(true);
      try {
        document.querySelector(wanted).click();
      } finally {
        handling.destruct();
      }
    };
    return this.#run("system", click, [selector]);
  }

  async #run(sandbox, fn, args) {
    const { value, error } = await this.browser.chrome(
      async (id, script, parameters, sandboxName) => {
        const browsing = BrowsingContext.get(id);
        if (!browsing?.currentWindowGlobal) throw new Error("this view is gone");
        const actor = browsing.currentWindowGlobal.getActor("MarionetteCommands");
        const answer = await actor.sendQuery("MarionetteCommandsParent:executeScript", {
          script,
          args: parameters,
          opts: { sandboxName, timeout: 20_000, async: false },
        });
        return answer;
      },
      this.context,
      source(fn),
      [JSON.stringify(args)],
      sandbox,
    ).then((answer) => JSON.parse(answer ?? "{}"));
    if (error) throw new Error(error);
    return value;
  }

  look(colours) {
    return seen(this.browser, colours);
  }

  async screenshot(file) {
    const picture = await this.browser.chrome(async (id) => {
      const bitmap = await BrowsingContext.get(id).currentWindowGlobal.drawSnapshot(null, 1, "rgb(255,255,255)");
      const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
      Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      return canvas.toDataURL().split(",")[1];
    }, this.context);
    await writeFile(file, Buffer.from(picture, "base64"));
  }

  /** A popup is closed by its window losing it. */
  async close() {
    await this.browser.chrome((id) => {
      const win = BrowsingContext.get(id)?.embedderElement?.documentGlobal ?? BrowsingContext.get(id)?.embedderElement?.ownerGlobal;
      for (const panel of win?.document.querySelectorAll("panel[panelopen=true], panel") ?? []) panel.hidePopup();
    }, this.context);
  }
}

class FirefoxTab extends Tab {
  constructor(browser, handle) {
    super();
    this.browser = browser;
    this.handle = handle;
  }

  /** Runs commands with this tab as Marionette's current one. */
  #here(work) {
    return this.browser.client.alone(async (send) => {
      await send("WebDriver:SwitchToWindow", { handle: this.handle, focus: false });
      return work(send);
    });
  }

  front() {
    return this.browser.client.alone((send) => send("WebDriver:SwitchToWindow", { handle: this.handle, focus: true }));
  }

  async goto(address) {
    await this.#here((send) => send("WebDriver:Navigate", { url: address }));
  }

  url() {
    return this.#here((send) => send("WebDriver:GetCurrentURL"));
  }

  evaluate(fn, ...args) {
    return this.#here((send) => run(send, fn, args, null));
  }

  /** Runs a function that is given as text. */
  script(source) {
    return this.evaluate(source);
  }

  inside(fn, ...args) {
    const everyRoot = `function (...args) {
      const found = [];
      for (const element of document.querySelectorAll("*")) {
        const root = element.openOrClosedShadowRoot;
        // The browser's own elements, such as details, have closed roots as well.
        if (root?.mode === "closed" && root.querySelector(".t")) found.push(root);
      }
      return Promise.all(found.map((root, at) => (${fn})(root, ...args, at)));
    }`;
    return this.#here((send) => run(send, everyRoot, args, "system"));
  }

  async #act(...sources) {
    await this.browser.client.alone(async (send) => {
      await send("WebDriver:SwitchToWindow", { handle: this.handle, focus: true });
      await send("WebDriver:PerformActions", { actions: sources });
      await send("WebDriver:ReleaseActions");
    });
  }

  pointer(x, y) {
    const actions = [
      { type: "pointerMove", x: Math.round(x), y: Math.round(y), duration: 0 },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    return this.#act({ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions });
  }

  key(name) {
    const value = KEYS[name] ?? name;
    return this.#act({ type: "key", id: "keys", actions: [{ type: "keyDown", value }, { type: "keyUp", value }] });
  }

  async scheme(value) {
    await this.browser.chrome((dark) => {
      Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", dark ? 0 : 1);
    }, value === "dark");
    await this.until(`the ${value} look`, (wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, value);
  }

  /** How the page is seen, as in `ChromiumTab.look`. Colours are those of the whole browser, and a narrow window is one much magnified. */
  async look({ width, zoom = 1, ...colours }) {
    await this.front();
    await seen(this.browser, colours);
    await this.browser.chrome((narrow, times) => {
      const browser = Services.wm.getMostRecentWindow("navigator:browser").gBrowser.selectedBrowser;
      browser.browsingContext.fullZoom = narrow ? browser.clientWidth / narrow : times;
    }, width ?? 0, zoom);
  }

  async screenshot(file, { full = false } = {}) {
    await this.front();
    const picture = await this.#here((send) => send("WebDriver:TakeScreenshot", { full, hash: false }));
    await writeFile(file, Buffer.from(picture, "base64"));
  }

  async close() {
    await this.browser.client.alone(async (send) => {
      await send("WebDriver:SwitchToWindow", { handle: this.handle, focus: false });
      const [other] = await send("WebDriver:CloseWindow");
      if (other) await send("WebDriver:SwitchToWindow", { handle: other, focus: false });
    });
  }
}

/** The colours that every page of the browser is shown in. */
function seen(browser, { scheme = "light", forced = false }) {
  return browser.chrome(
    (dark, own) => {
      Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", dark ? 0 : 1);
      // A popup has the colours of the browser's own theme.
      Services.prefs.setIntPref("browser.theme.toolbar-theme", dark ? 0 : 1);
      Services.prefs.setIntPref("browser.theme.content-theme", dark ? 0 : 1);
      Services.prefs.setIntPref("browser.display.document_color_use", own ? 2 : 0);
    },
    scheme === "dark",
    forced,
  );
}

/** A function as a script whose answer survives the way back whatever it is. */
function source(fn) {
  return `return (async () => JSON.stringify({ value: await (${fn})(...JSON.parse(arguments[0])) }))()
    .catch((error) => JSON.stringify({ error: String(error) + "\\n" + (error?.stack ?? "") }))`;
}

async function run(send, fn, args, sandbox) {
  const answer = await send("WebDriver:ExecuteScript", { script: source(fn), args: [JSON.stringify(args)], sandbox, newSandbox: true });
  const { value, error } = JSON.parse(answer ?? "{}");
  if (error) throw new Error(error);
  return value;
}

/* The two that follow run with the browser's own rights. */
function collectErrors(base) {
  const noted = [];
  const listener = {
    QueryInterface: ChromeUtils.generateQI(["nsIConsoleListener"]),
    observe(message) {
      if (!(message instanceof Ci.nsIScriptError)) return;
      const ours = message.sourceName?.startsWith(base) || message.errorMessage.includes(base);
      const policy = message.category === "CSP" || /Content.Security.Policy/.test(message.errorMessage);
      const warning = message.flags & Ci.nsIScriptError.warningFlag;
      if ((ours && !warning) || policy) noted.push(`${message.errorMessage} (${message.sourceName}:${message.lineNumber})`);
    },
  };
  Services.console.registerListener(listener);
  const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
  ExtensionParent.notedForTest = { noted, listener };
}

function takeErrors() {
  const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
  return ExtensionParent.notedForTest.noted.splice(0);
}

function freePort() {
  return new Promise((done, fail) => {
    const server = net.createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
