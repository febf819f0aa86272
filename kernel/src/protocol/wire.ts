import { createHmac, timingSafeEqual } from "node:crypto";
import type { Content, Header, Message } from "./message.ts";

const delimiter = Buffer.from("<IDS|MSG>");

/** A message that must be ignored, with the reason for the log. */
export class WireError extends Error {}

/** Signs, writes and reads messages of the Jupyter wire protocol; an empty key means unsigned. */
export class Wire {
  readonly #key: string;
  readonly #algorithm: string;
  readonly #seen = new Set<string>();

  constructor(key: string, scheme = "hmac-sha256") {
    this.#key = key;
    this.#algorithm = scheme.replace(/^hmac-/, "") || "sha256";
  }

  #sign(parts: readonly Uint8Array[]): string {
    if (!this.#key) return "";
    const hmac = createHmac(this.#algorithm, this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  encode(message: Message): Uint8Array[] {
    const parts = [message.header, message.parent, message.metadata, message.content].map((part) =>
      Buffer.from(JSON.stringify(part)),
    );
    return [...message.identities, delimiter, Buffer.from(this.#sign(parts)), ...parts, ...message.buffers];
  }

  decode(frames: readonly Uint8Array[]): Message {
    const at = frames.findIndex((frame) => delimiter.equals(frame));
    if (at < 0) throw new WireError("no <IDS|MSG> delimiter");
    const [signature, ...parts] = frames.slice(at + 1);
    const signed = parts.slice(0, 4);
    if (signature === undefined || signed.length < 4) throw new WireError("fewer than six frames");
    if (this.#key) this.#verify(Buffer.from(signature).toString(), signed);
    const [header, parent, metadata, content] = signed.map(parseObject) as [
      Content,
      Content,
      Content,
      Content,
    ];
    if (typeof header.msg_type !== "string" || typeof header.msg_id !== "string") {
      throw new WireError("header lacks msg_type or msg_id");
    }
    return {
      identities: frames.slice(0, at),
      header: header as unknown as Header,
      parent: parent as unknown as Header,
      metadata,
      content,
      buffers: parts.slice(4),
    };
  }

  #verify(signature: string, signed: readonly Uint8Array[]): void {
    const expected = this.#sign(signed);
    if (
      signature.length !== expected.length ||
      !timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
    ) {
      throw new WireError("signature does not match");
    }
    // The same signature twice is a replayed message; the protocol asks to refuse it.
    if (this.#seen.has(signature)) throw new WireError("signature seen before");
    this.#seen.add(signature);
    if (this.#seen.size > 16_384) {
      const oldest = this.#seen.values().next().value;
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
  }
}

function parseObject(frame: Uint8Array): Content {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString());
  } catch {
    throw new WireError("malformed JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new WireError("a message part is not an object");
  }
  return value as Content;
}
