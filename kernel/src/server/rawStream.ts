import { StringDecoder } from "node:string_decoder";
import { streamsEndMark } from "../session/streamsEndMark.ts";

const [markStart, markEnd] = streamsEndMark(0).split("0") as [string, string];

/** The executor's real stdout or stderr: text, with a mark at the end of each cell. */
export class RawStream {
  readonly #onText: (text: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  #held = "";
  #passed = 0;
  #closed = false;
  #waiting: { cell: number; resolve: () => void }[] = [];

  constructor(stream: NodeJS.ReadableStream, onText: (text: string) => void) {
    this.#onText = onText;
    stream.on("data", (chunk: Buffer) => this.#push(this.#decoder.write(chunk)));
    stream.on("close", () => {
      if (this.#held) this.#onText(this.#held);
      this.#closed = true;
      for (const { resolve } of this.#waiting.splice(0)) resolve();
    });
  }

  #push(text: string): void {
    let rest = this.#held + text;
    this.#held = "";
    for (;;) {
      const at = rest.indexOf(markStart);
      const end = at < 0 ? -1 : rest.indexOf(markEnd, at + markStart.length);
      if (at < 0 || end < 0) break;
      if (at > 0) this.#onText(rest.slice(0, at));
      this.#pass(Number(rest.slice(at + markStart.length, end)));
      rest = rest.slice(end + markEnd.length);
    }
    // A mark may be cut in two by the pipe; it starts with a NUL, which text hardly ever has.
    const cut = rest.lastIndexOf(markStart[0] as string);
    const keep = cut >= 0 && rest.length - cut < 64 ? cut : rest.length;
    this.#held = rest.slice(keep);
    if (keep > 0) this.#onText(rest.slice(0, keep));
  }

  #pass(cell: number): void {
    this.#passed = cell;
    this.#waiting = this.#waiting.filter((each) => {
      if (each.cell > cell) return true;
      each.resolve();
      return false;
    });
  }

  passed(cell: number): Promise<void> {
    if (this.#closed || this.#passed >= cell) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ cell, resolve });
      setTimeout(resolve, 1000).unref(); // user code closed the descriptor
    });
  }
}
