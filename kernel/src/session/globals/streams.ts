import { Writable } from "node:stream";

type Write = (name: "stdout" | "stderr", text: string) => void;
const { from, isEncoding } = Buffer;
const { nextTick } = process;
const { toString: decode } = Buffer.prototype;

class CellStream extends Writable {
  readonly fd: number;
  readonly isTTY = false;
  readonly #name: "stdout" | "stderr";
  readonly #write: Write;

  constructor(name: "stdout" | "stderr", write: Write) {
    super({ decodeStrings: false });
    this.#name = name;
    this.#write = write;
    this.fd = name === "stdout" ? 1 : 2;
  }

  // `write` itself rather than `_write`: no buffering, no queueing, order kept with displays.
  override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    const text =
      typeof chunk === "string"
        ? chunk
        : (Reflect.apply(decode, from(chunk as Uint8Array), [encodingOf(encoding)]) as string);
    if (text) this.#write(this.#name, text);
    const done = typeof encoding === "function" ? encoding : callback;
    if (typeof done === "function") nextTick(done as () => void);
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
  return typeof encoding === "string" && isEncoding(encoding) && encoding === "latin1" ? "latin1" : "utf8";
}

/** What `console` calls, as it is before a cell can rebuild EventEmitter; not `pin`, which would halve the prints a second. */
function keepMethods(stream: CellStream): CellStream {
  for (const name of ["on", "once", "removeListener", "emit"] as const) {
    Object.defineProperty(stream, name, { value: stream[name], writable: true, configurable: true });
  }
  return stream;
}

/** Replaces process.stdout, process.stderr and console by ones that print into the cell. */
export function installStreams(write: Write): void {
  const stdout = keepMethods(new CellStream("stdout", write));
  const stderr = keepMethods(new CellStream("stderr", write));
  Object.defineProperty(process, "stdout", { value: stdout, configurable: true, enumerable: true });
  Object.defineProperty(process, "stderr", { value: stderr, configurable: true, enumerable: true });
  // Node's own global console would also feed the inspector, which keeps what was printed.
  const own = new console.Console({ stdout, stderr, colorMode: false, groupIndentation: 2 });
  Object.defineProperty(globalThis, "console", { value: own, configurable: true, writable: true });
}
