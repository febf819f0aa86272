import { readSync } from "node:fs";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

const chunk = Buffer.allocUnsafe(65_536);

/**
 * The executor's real stdout or stderr: what child processes and native code write past `process.stdout`, and
 * Node's own last words.
 */
export class RawStream {
  readonly #stream: Readable & { _handle?: { fd?: number } | null };
  readonly #onText: (text: string) => void;
  readonly #decoder = new StringDecoder("utf8");

  constructor(stream: Readable, onText: (text: string) => void) {
    this.#stream = stream;
    this.#onText = onText;
    stream.on("data", (data: Buffer) => this.#push(data));
  }

  /**
   * Reads what has been written so far, without waiting for the event loop: a cell's output belongs before its
   * idle, and what it wrote before it said "done" is in the pipe already.
   */
  drain(): void {
    const fd = this.#stream._handle?.fd;
    if (fd === undefined || fd < 0) return;
    try {
      for (let length = readSync(fd, chunk); length > 0; length = readSync(fd, chunk)) {
        this.#push(chunk.subarray(0, length));
      }
    } catch {
      // EAGAIN: the pipe is empty
    }
  }

  #push(data: Buffer): void {
    const text = this.#decoder.write(data);
    if (text) this.#onText(text);
  }
}
