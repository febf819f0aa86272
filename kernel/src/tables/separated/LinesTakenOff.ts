import type { HeaderPlace } from "./findHeader.ts";

/** Takes the lines before the header off the beginning of a file that is handed over in pieces. */
export class LinesTakenOff {
  readonly #end: number;
  #left: number;

  constructor({ line, lineEnd }: HeaderPlace) {
    this.#end = lineEnd.charCodeAt(0);
    this.#left = line - 1;
  }

  /** What is left of the next piece. */
  rest(bytes: Uint8Array): Uint8Array {
    let from = 0;
    while (this.#left > 0) {
      const at = bytes.indexOf(this.#end, from);
      if (at < 0) return new Uint8Array();
      from = at + 1;
      this.#left -= 1;
    }
    return from === 0 ? bytes : bytes.subarray(from);
  }
}
