// A kernel as a client sees it: cells in, what came of them out. Used by the soak and, shortened, by the tests.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { KernelProcess } from "../../kernel/dist/notebook/KernelProcess.js";

const main = fileURLToPath(new URL("../../kernel/dist/server/main.js", import.meta.url));

/** @typedef {{ status: string, value?: string, name?: string, message?: string, traceback?: string, stream: string, outputs: number, ms: number }} Outcome */

export class Notebook {
  #kernel;
  #folder;
  #cells = new Map();
  /** What errors said under a cell that had ended already, as the loss of the session between two cells does. */
  late = [];

  static async start() {
    const notebook = new Notebook();
    notebook.#folder = mkdtempSync(join(tmpdir(), "isoflop-soak-"));
    const kernel = await KernelProcess.start([process.execPath, main, "{connection_file}"], {
      cwd: notebook.#folder,
    });
    kernel.client.onPublished = ({ header, parent_header, content }) => {
      const cell = notebook.#cells.get(parent_header.msg_id);
      if (cell) cell(header.msg_type, content);
      // The loss of the session may be said after the cell is idle and before its reply, which comes on another socket.
      if (header.msg_type === "error" && (!cell || content.ename === "SessionEnded"))
        notebook.late.push({ name: content.ename, message: content.evalue });
    };
    notebook.#kernel = kernel;
    return notebook;
  }

  /** Runs a cell; its status is "wedged" when nothing came within `seconds`. */
  async run(code, { seconds = 5, interruptAfter } = {}) {
    const began = performance.now();
    const outcome = { status: "wedged", stream: "", outputs: 0 };
    let id;
    let settle;
    const idle = new Promise((resolve) => (settle = resolve));
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    };
    const reply = this.#kernel.client.request("shell", "execute_request", content, (sent) => {
      id = sent;
      this.#cells.set(id, (type, { name, text, data, execution_state }) => {
        if (type === "stream") outcome.stream += `${name}: ${text}`;
        else if (type === "execute_result") outcome.value = data["text/plain"];
        else if (execution_state === "idle") settle();
        if (/^(execute_result|display_data|error)$/.test(type)) outcome.outputs++;
      });
    });
    const interrupt = interruptAfter && setTimeout(() => this.#kernel.interrupt(), interruptAfter);
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, seconds * 1000)));
    await Promise.race([
      late,
      Promise.all([
        reply.then(({ content }) => {
          outcome.status = content.status;
          [outcome.name, outcome.message, outcome.traceback] = [
            content.ename,
            content.evalue,
            content.traceback?.join("\n"),
          ];
        }),
        idle,
      ]),
    ]);
    clearTimeout(timer);
    clearTimeout(interrupt);
    this.#cells.delete(id);
    return { ...outcome, ms: performance.now() - began };
  }

  /** What completes the code. */
  async complete(code) {
    const { content } = await this.#kernel.client.request("shell", "complete_request", {
      code,
      cursor_pos: code.length,
    });
    return content.matches;
  }

  async close() {
    await this.#kernel.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** So many of a list, in its order, chosen by the seed. */
export function shareOf(list, count, seed) {
  const random = randomOf(seed);
  const drawn = list.map((item, at) => ({ item, at, key: random() })).sort((a, b) => a.key - b.key);
  return drawn
    .slice(0, count)
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
