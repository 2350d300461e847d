//! Firefox's own remote protocol, spoken plainly: messages of JSON after their length, over one loopback connection. Unlike WebDriver BiDi it
//! reaches the browser's chrome and, inside a page, closed shadow roots.

import net from "node:net";

/** What Firefox answered instead of a result. */
export class MarionetteError extends Error {
  constructor(command, { error, message, stacktrace }) {
    super(`${command}: ${error}: ${message}`);
    this.code = error;
    this.remoteStack = stacktrace;
  }
}

/** One connection, one session. Commands run one after the other. */
export class Marionette {
  #socket;
  #buffer = Buffer.alloc(0);
  #waiting = new Map();
  #next = 1;
  #hello;
  #queue = Promise.resolve();

  /** @param {number} port */
  static async connect(port) {
    const client = new Marionette();
    await new Promise((done, fail) => {
      client.#hello = done;
      client.#socket = net.connect(port, "127.0.0.1");
      client.#socket.on("error", fail);
      client.#socket.on("data", (chunk) => client.#read(chunk));
      client.#socket.on("close", () => {
        fail(new Error("Firefox closed the connection"));
        for (const { fail } of client.#waiting.values()) fail(new Error("Firefox closed the connection"));
        client.#waiting.clear();
      });
    });
    return client;
  }

  #read(chunk) {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const colon = this.#buffer.indexOf(0x3a);
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#buffer.subarray(0, colon).toString());
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.subarray(colon + 1, end).toString());
      this.#buffer = this.#buffer.subarray(end);
      if (!Array.isArray(message)) {
        this.#hello(message);
        continue;
      }
      const [, id, error, result] = message;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.fail(new MarionetteError(waiting.command, error));
      else waiting?.done(result && "value" in result ? result.value : result);
    }
  }

  /** Sends one command at once. */
  send(command, parameters = {}) {
    const id = this.#next++;
    const text = Buffer.from(JSON.stringify([0, id, command, parameters]));
    return new Promise((done, fail) => {
      if (this.#socket.destroyed) return fail(new Error(`${command}: Firefox is gone`));
      this.#waiting.set(id, { done, fail, command });
      this.#socket.write(Buffer.concat([Buffer.from(`${text.length}:`), text]));
    });
  }

  /**
   * Runs several commands as one, so that no other caller changes window or context between them.
   * @template T
   * @param {(send: Marionette["send"]) => Promise<T>} work
   * @returns {Promise<T>}
   */
  alone(work) {
    const result = this.#queue.then(() => work((command, parameters) => this.send(command, parameters)));
    this.#queue = result.catch(() => {});
    return result;
  }

  close() {
    this.#socket.destroy();
  }
}
