import { decode, type Encoding, encodingOf } from "./encodings.ts";
import { signatureLength, whyNoText } from "./fileSignatures.ts";

const empty = new Uint8Array(0);

/**
 * Bytes of a text file, handed over in pieces of any size, as text. UTF-8 and UTF-16 are read, with and without a byte
 * order mark (which is dropped). A character that is cut between two pieces is put together again. What cannot be
 * read for sure is not guessed: `fault` then says why, and the text given out ends right before it.
 *
 * @example
 * ```ts
 * import { StrictText } from "isoflop-datasets/csv";
 *
 * const text = new StrictText();
 * text.push(Uint8Array.of(0x47, 0x72, 0xc3)) + text.push(Uint8Array.of(0xb6, 0xc3, 0x9f, 0x65, 0x0a)) + text.end(); // => "Größe\n"
 * text.fault; // => undefined
 * ```
 */
export class StrictText {
  /** Why the text ends here although the file goes on; undefined as long as all is well. */
  fault: string | undefined;
  /** Bytes that wait for those that follow: the first few of a file, the beginning of a character. */
  #rest: Uint8Array = empty;
  #encoding: Encoding | undefined;
  #mayHaveMark = true;

  /** The text of the next piece; a piece may also be text already. */
  push(piece: Uint8Array | string): string {
    if (this.fault !== undefined) return "";
    if (typeof piece === "string") return this.#checked(piece);
    const bytes = this.#rest.length === 0 ? piece : joined(this.#rest, piece);
    if (!this.#encoding && bytes.length < signatureLength) {
      this.#rest = bytes.slice();
      return "";
    }
    return this.#decode(bytes, false);
  }

  /** The text of what was held back until the end. */
  end(): string {
    return this.fault === undefined && this.#rest.length > 0 ? this.#decode(this.#rest, true) : "";
  }

  #decode(bytes: Uint8Array, isLast: boolean): string {
    if (!this.#encoding) {
      this.fault = whyNoText(bytes);
      if (this.fault !== undefined) return "";
    }
    this.#encoding ??= encodingOf(bytes);
    const encoding = this.#encoding;
    const length = bytes.length - (isLast ? 0 : encoding.unfinished(bytes));
    this.#rest = length === bytes.length ? empty : bytes.slice(length);
    const { text, badAt } = decode(bytes.subarray(0, length), encoding);
    if (badAt !== undefined) this.fault = encoding.fault(bytes[badAt]!);
    return this.#checked(text);
  }

  #checked(text: string): string {
    if (this.#mayHaveMark && text !== "") {
      this.#mayHaveMark = false;
      if (text.startsWith("\uFEFF")) return this.#checked(text.slice(1));
    }
    const at = text.indexOf("\0");
    if (at < 0) return text;
    this.fault = "a NUL character stands here; the file is damaged or no text";
    return text.slice(0, at);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
