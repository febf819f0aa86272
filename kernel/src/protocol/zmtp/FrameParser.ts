import { type Frame, frameEnd, readFrame } from "./frames.ts";

/** So many pieces are joined into one: each costs some 100 bytes, however small it is. */
const piecesJoined = 256;

/** Cuts what comes in pieces into frames, each copied at most once, however many pieces it came in. */
export class FrameParser {
  #pieces: Buffer[] = [];
  #held = 0;
  /** Pieces since some were joined. */
  #small = 0;
  /** Bytes without which there is nothing to cut. */
  #needed = 0;

  /** Bytes kept for a frame that is not whole yet. */
  get held(): number {
    return this.#held;
  }

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#held += piece.length;
    if (++this.#small < piecesJoined) return;
    this.#pieces.push(Buffer.concat(this.#pieces.splice(-piecesJoined)));
    this.#small = 0;
  }

  /** The first bytes as they are, once there are so many. */
  take(length: number): Buffer | undefined {
    if (this.#held < length) return undefined;
    const bytes = this.#whole();
    this.#keep(bytes.subarray(length));
    return bytes.subarray(0, length);
  }

  /**
   * Every frame that is whole. `longest` is asked before each one.
   *
   * @throws RangeError for a longer frame, as soon as its length is known
   */
  *frames(longest: () => number): Generator<Frame> {
    while (this.#held >= Math.max(2, this.#needed)) {
      const bytes = this.#whole();
      const end = frameEnd(bytes, longest());
      if (end === undefined || bytes.length < end) {
        this.#needed = end ?? bytes.length + 1;
        return;
      }
      this.#keep(bytes.subarray(end));
      this.#needed = 0;
      yield readFrame(bytes, end);
    }
  }

  #whole(): Buffer {
    if (this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces)];
    this.#small = 0;
    return this.#pieces[0] ?? Buffer.alloc(0);
  }

  #keep(rest: Buffer): void {
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#held = rest.length;
  }
}
