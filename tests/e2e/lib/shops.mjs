//! Serves pages at the shops' own addresses on loopback: a TLS server that answers for every host name, and beside it a proxy that leads
//! every connection of a browser to it, whatever host and port the browser asked for. Nothing that a browser sends can leave the machine.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import path from "node:path";
import { certificate } from "./certificate.mjs";

/** @typedef {{body?: string|Buffer, file?: string, type?: string, status?: number, headers?: Record<string, string>, delay?: number}} Answer */

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml" };

/** All shops of a run. */
export class Shops {
  /** @type {Map<string, Answer | ((url: URL) => Answer)>} */
  #answers = new Map();
  /** @type {Map<string, string>} */
  #folders = new Map();
  /** Every request that reached the server: method, address, the headers that tell who asked. */
  requests = [];
  /** Hosts asked of the proxy that no page was served for; a browser's own background traffic shows here. */
  strangers = new Set();

  static async open() {
    const shops = new Shops();
    shops.server = https.createServer(certificate(), (request, response) => void shops.#answer(request, response));
    shops.server.on("tlsClientError", () => {});
    shops.port = await listen(shops.server);
    shops.proxy = http.createServer((request, response) => {
      shops.#note(new URL(request.url, "http://proxy.invalid").host);
      response.writeHead(404).end();
    });
    shops.proxy.on("connect", (request, socket) => {
      shops.#note(request.url.replace(/:\d+$/, ""));
      const through = net.connect(shops.port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        through.pipe(socket).pipe(through);
      });
      const end = () => (socket.destroy(), through.destroy());
      through.on("error", end).on("close", end);
      socket.on("error", end).on("close", end);
    });
    shops.proxyPort = await listen(shops.proxy);
    return shops;
  }

  /**
   * Puts a page at an address; the query counts only where one is given.
   * @param {string} address
   * @param {Answer | ((url: URL) => Answer)} answer
   */
  serve(address, answer) {
    const url = new URL(address);
    this.#answers.set(`${url.host}${url.pathname}${url.search}`, answer);
    return url.href;
  }

  /** Puts a folder's files at an origin. @param {string} origin @param {string} folder */
  serveFolder(origin, folder) {
    this.#folders.set(new URL(origin).host, folder);
  }

  #inFolder({ host, pathname }) {
    const folder = this.#folders.get(host);
    const file = folder && path.join(folder, path.normalize(decodeURIComponent(pathname)));
    return file && existsSync(file) ? { file, type: TYPES[path.extname(file)] ?? "application/octet-stream" } : undefined;
  }

  #note(host) {
    for (const known of this.#answers.keys()) if (known.startsWith(`${host}/`)) return;
    this.strangers.add(host);
  }

  async #answer(request, response) {
    const url = new URL(request.url, `https://${request.headers.host ?? "unknown.invalid"}`);
    const { origin, referer } = request.headers;
    this.requests.push({ method: request.method, url: url.href, origin, referer, destination: request.headers["sec-fetch-dest"] });
    const found = this.#answers.get(`${url.host}${url.pathname}${url.search}`) ?? this.#answers.get(`${url.host}${url.pathname}`) ?? this.#inFolder(url);
    if (!found) return void response.writeHead(404, { "content-type": "text/plain" }).end("not here");
    const answer = typeof found === "function" ? found(url) : found;
    const body = answer.file ? await readFile(answer.file) : (answer.body ?? "");
    response.writeHead(answer.status ?? 200, {
      "content-type": answer.type ?? "text/html; charset=utf-8",
      "cache-control": "no-store",
      ...answer.headers,
    });
    response.end(body);
  }

  async close() {
    for (const server of [this.server, this.proxy]) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }
}

function listen(server) {
  return new Promise((done, fail) => {
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => done(server.address().port));
  });
}
