/** One message of the Language Server Protocol as bytes: a header with the length, an empty line, the JSON. */
export function frame(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message), "utf8");
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, "latin1"), body]);
}

/** Cuts a stream of bytes into message bodies. Chunks are joined only once a whole message is there. */
export class FrameReader {
  readonly #chunks: Buffer[] = [];
  #held = 0;
  #wanted = 0;
  readonly #receive: (body: Buffer) => void;

  constructor(receive: (body: Buffer) => void) {
    this.#receive = receive;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#held > 0 && this.#held >= this.#wanted) {
      const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
      this.#chunks.length = 0;
      this.#chunks.push(bytes);
      const headerEnd = bytes.indexOf("\r\n\r\n");
      if (headerEnd < 0) {
        this.#wanted = this.#held + 1;
        return;
      }
      const length = /content-length: *(\d+)/i.exec(bytes.toString("latin1", 0, headerEnd))?.[1];
      if (length === undefined) throw new Error("the language server sent a message without its length");
      const end = headerEnd + 4 + Number(length);
      if (bytes.length < end) {
        this.#wanted = end;
        return;
      }
      this.#wanted = 0;
      this.#chunks[0] = bytes.subarray(end);
      this.#held = bytes.length - end;
      this.#receive(bytes.subarray(headerEnd + 4, end));
    }
  }
}
