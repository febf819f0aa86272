import { isUtf8 } from "node:buffer";
import { limits } from "./limits.ts";
import type { Content, Header, Message } from "./message.ts";
import { isNestedDeeper } from "./nesting.ts";
import { Replays } from "./replays.ts";
import { Signer } from "./signature.ts";
import { wellFormedJson } from "./wellFormedJson.ts";

const delimiter = Buffer.from("<IDS|MSG>");

/** A message that must be ignored, with the reason for the log. */
export class WireError extends Error {
  /** Without a stack, which costs more than all else where they come by the thousand. */
  static of(reason: string): WireError {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    const error = new WireError(reason);
    Error.stackTraceLimit = stackTraceLimit;
    return error;
  }
}

/** Signs, writes and reads messages of the Jupyter wire protocol; an empty key means unsigned. */
export class Wire {
  readonly #signer: Signer;
  readonly #replays: Replays | undefined;

  constructor(key: string, scheme?: string) {
    this.#signer = new Signer(key, scheme);
    this.#replays = key ? new Replays() : undefined;
  }

  encode(message: Message): Uint8Array[] {
    const parts = [message.header, message.parent, message.metadata, message.content].map((part) =>
      Buffer.from(wellFormedJson(JSON.stringify(part))),
    );
    return [...message.identities, delimiter, this.#signer.sign(parts), ...parts, ...message.buffers];
  }

  /** @throws WireError when the message is not signed, was seen before, or is no message */
  decode(frames: readonly Uint8Array[]): Message {
    const at = frames.findIndex((frame) => delimiter.equals(frame));
    if (at < 0) throw WireError.of("no <IDS|MSG> delimiter");
    const [signature, ...parts] = frames.slice(at + 1).map(asBuffer);
    const signed = parts.slice(0, 4);
    if (signature === undefined || signed.length < 4) throw WireError.of("fewer than six frames");
    if (!this.#signer.isSignatureOf(signature, signed)) throw WireError.of("signature does not match");
    const [first, second, third, fourth] = signed as [Buffer, Buffer, Buffer, Buffer];
    const header = parseHeader(first);
    const parent = parseHeader(second);
    if (typeof header.msg_type !== "string" || typeof header.msg_id !== "string") {
      throw WireError.of("header lacks msg_type or msg_id");
    }
    const isTooDeep = isNestedDeeper(third, limits.nesting) || isNestedDeeper(fourth, limits.nesting);
    const metadata = isTooDeep ? {} : parseObject(third);
    const content = isTooDeep ? {} : parseObject(fourth);
    const refusal = this.#replays?.refuse(signature, header.date);
    if (refusal) throw WireError.of(refusal);
    return {
      identities: frames.slice(0, at),
      header: header as unknown as Header,
      parent: parent as unknown as Header,
      metadata,
      content,
      buffers: parts.slice(4),
      ...(isTooDeep && { fault: `content or metadata is nested more than ${limits.nesting} deep` }),
    };
  }
}

/** The same bytes. */
function asBuffer(frame: Uint8Array): Buffer {
  return Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
}

/** A header is flat: what it holds of lists and objects is left out, because it all comes back in every answer. */
function parseHeader(frame: Buffer): Content {
  if (frame.length > limits.headerBytes) throw WireError.of(`a header of ${frame.length} bytes`);
  const header = parseObject(frame);
  const isFlat = (value: unknown) => typeof value !== "object" || value === null;
  if (Object.values(header).every(isFlat)) return header;
  return Object.fromEntries(Object.entries(header).filter(([, value]) => isFlat(value)));
}

function parseObject(frame: Buffer): Content {
  if (!isUtf8(frame)) throw WireError.of("a message part is not UTF-8");
  let value: unknown;
  try {
    value = JSON.parse(frame.toString());
  } catch {
    throw WireError.of("malformed JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw WireError.of("a message part is not an object");
  }
  return value as Content;
}
