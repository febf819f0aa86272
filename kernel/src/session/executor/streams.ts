import { Writable } from "node:stream";
import { writeStream } from "./channel.ts";

class CellStream extends Writable {
  readonly fd: number;
  readonly isTTY = false;
  readonly #name: "stdout" | "stderr";

  constructor(name: "stdout" | "stderr") {
    super({ decodeStrings: false });
    this.#name = name;
    this.fd = name === "stdout" ? 1 : 2;
  }

  // `write` itself rather than `_write`: no buffering, no queueing, order kept with displays.
  override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    const text =
      typeof chunk === "string" ? chunk : Buffer.from(chunk as Uint8Array).toString(encodingOf(encoding));
    if (text) writeStream(this.#name, text);
    const done = typeof encoding === "function" ? encoding : callback;
    if (typeof done === "function") process.nextTick(done as () => void);
    return true;
  }

  // process.stdout must outlive every pipe into it
  override end(chunk?: unknown): this {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) this.write(chunk);
    return this;
  }

  override destroy(): this {
    return this;
  }
}

function encodingOf(encoding: unknown): BufferEncoding {
  return typeof encoding === "string" && Buffer.isEncoding(encoding) && encoding === "latin1"
    ? "latin1"
    : "utf8";
}

/** Replaces process.stdout, process.stderr and console by ones that print into the cell. */
export function installStreams(): void {
  const stdout = new CellStream("stdout");
  const stderr = new CellStream("stderr");
  Object.defineProperty(process, "stdout", { value: stdout, configurable: true, enumerable: true });
  Object.defineProperty(process, "stderr", { value: stderr, configurable: true, enumerable: true });
  // Node's own global console would also feed the inspector, which keeps what was printed.
  const own = new console.Console({ stdout, stderr, colorMode: false, groupIndentation: 2 });
  Object.defineProperty(globalThis, "console", { value: own, configurable: true, writable: true });
}
