/**
 * The pipe between server and executor: each frame is a length (4 bytes, little endian) and that much JSON.
 * Own frames rather than Node's IPC channel, because the executor must write synchronously (a busy loop
 * still prints, the last words before process.exit() arrive) and user code must not find `process.send`.
 */
export function encodeFrame(value: unknown): Buffer {
  const json = JSON.stringify(value);
  const length = Buffer.byteLength(json);
  const frame = Buffer.allocUnsafe(4 + length);
  frame.writeUInt32LE(length);
  frame.write(json, 4);
  return frame;
}

/** Collects chunks and calls back once per whole frame. */
export class FrameReader<T> {
  readonly #onFrame: (frame: T) => void;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(onFrame: (frame: T) => void) {
    this.#onFrame = onFrame;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size >= 4) {
      if ((this.#chunks[0] as Buffer).length < 4) this.#join();
      const length = (this.#chunks[0] as Buffer).readUInt32LE();
      if (this.#size < 4 + length) return; // not joined yet, so that a long frame is copied once
      this.#join();
      const whole = this.#chunks[0] as Buffer;
      this.#chunks = whole.length > 4 + length ? [whole.subarray(4 + length)] : [];
      this.#size -= 4 + length;
      this.#onFrame(JSON.parse(whole.toString("utf8", 4, 4 + length)) as T);
    }
  }

  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks, this.#size)];
  }
}
