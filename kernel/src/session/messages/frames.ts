/**
 * The pipe between server and executor: each frame is a mark (4 bytes), a length (4 bytes, little endian) and that much
 * JSON. Own frames rather than Node's IPC channel, because the executor must write synchronously (a busy loop
 * still prints, the last words before process.exit() arrive) and user code must not find `process.send`.
 *
 * A cell can write on any descriptor: the mark, bytes of no text and of no length, tells such writing from a frame at once.
 */
const mark = Buffer.from([0xff, 0xfe, 0xfd, 0xfc]);
const headBytes = 8;
const longestBytes = 2 ** 28;

export function encodeFrame(value: unknown): Buffer {
  const json = JSON.stringify(value);
  const length = Buffer.byteLength(json);
  if (length > longestBytes) {
    throw new RangeError(`a message of ${length} bytes is too long; the kernel takes ${longestBytes}`);
  }
  const frame = Buffer.allocUnsafe(headBytes + length);
  frame.set(mark);
  frame.writeUInt32LE(length, mark.length);
  frame.write(json, headBytes);
  return frame;
}

type OnBreak = (why: string) => void;

const throwIt: OnBreak = (why) => {
  throw new Error(why);
};

/** Collects chunks and calls back with the JSON of each whole frame; what is no frame breaks it, and it reads no further. */
export class FrameSplitter {
  readonly #onFrame: (json: Buffer) => void;
  readonly #onBreak: OnBreak;
  #chunks: Buffer[] = [];
  #size = 0;
  #isBroken = false;

  constructor(onFrame: (json: Buffer) => void, onBreak: OnBreak = throwIt) {
    this.#onFrame = onFrame;
    this.#onBreak = onBreak;
  }

  push(chunk: Buffer): void {
    if (this.#isBroken) return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size > 0 && !this.#isBroken) {
      if ((this.#chunks[0] as Buffer).length < headBytes) this.#join();
      const first = this.#chunks[0] as Buffer;
      const known = Math.min(first.length, mark.length);
      if (first.compare(mark, 0, known, 0, known) !== 0) {
        this.break("something that is no message");
        return;
      }
      if (first.length < headBytes) return;
      const length = first.readUInt32LE(mark.length);
      if (length > longestBytes) {
        this.break(`a message of ${length} bytes`);
        return;
      }
      if (this.#size < headBytes + length) return; // not joined yet, so that a long frame is copied once
      this.#join();
      const whole = this.#chunks[0] as Buffer;
      this.#chunks = whole.length > headBytes + length ? [whole.subarray(headBytes + length)] : [];
      this.#size -= headBytes + length;
      this.#onFrame(whole.subarray(headBytes, headBytes + length));
    }
  }

  /** Reads no further. */
  break(why: string): void {
    this.#isBroken = true;
    this.#chunks = [];
    this.#size = 0;
    this.#onBreak(why);
  }

  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks, this.#size)];
  }
}

/** The same with the value of each frame; what is not JSON breaks it, too. */
export class FrameReader<T> {
  readonly #splitter: FrameSplitter;

  constructor(onFrame: (frame: T, json: Buffer) => void, onBreak: OnBreak = throwIt) {
    this.#splitter = new FrameSplitter((json) => {
      let frame: T;
      try {
        frame = JSON.parse(json.toString()) as T;
      } catch {
        this.#splitter.break("a message that is not JSON");
        return;
      }
      onFrame(frame, json);
    }, onBreak);
  }

  push(chunk: Buffer): void {
    this.#splitter.push(chunk);
  }
}
