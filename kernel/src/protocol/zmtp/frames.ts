// ZeroMQ's protocol on the wire, ZMTP 3.0 with the NULL mechanism: https://rfc.zeromq.org/spec/23/

const flag = { more: 1, long: 2, command: 4 } as const;

/** What each side says first: version 3.0, no security. */
export const greeting = Buffer.alloc(64);
greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]);
greeting.write("NULL", 12, "latin1");

/** Whether 64 bytes greet in a version and with the mechanism spoken here. */
export function isGreeting(bytes: Buffer): boolean {
  const mechanism = bytes.toString("latin1", 12, 32).replace(/\0+$/, "");
  const major = bytes[10] as number;
  return bytes[0] === 0xff && ((bytes[9] as number) & 1) === 1 && major >= 3 && mechanism === "NULL";
}

export interface Frame {
  isCommand: boolean;
  hasMore: boolean;
  body: Buffer;
}

/** No command is longer: what a peer says of itself, a topic, the context of a ping. */
export const longestCommand = 4096;

/**
 * Where the frame ends that begins what has come; undefined while its length has not come yet.
 *
 * @throws RangeError for a frame longer than `longest`, a command that is none, and flags that have no meaning
 */
export function frameEnd(bytes: Buffer, longest: number): number | undefined {
  if (bytes.length < 2) return undefined;
  const flags = bytes[0] as number;
  const isLong = (flags & flag.long) !== 0;
  const start = isLong ? 9 : 2;
  if (bytes.length < start) return undefined;
  const length = isLong ? Number(bytes.readBigUInt64BE(1)) : (bytes[1] as number);
  if (flags > 7) throw new RangeError(`a frame with flags ${flags}`);
  const most = flags & flag.command ? longestCommand : longest;
  if (length > most) throw new RangeError(`a frame of ${length} bytes; at most ${most}`);
  return start + length;
}

/** Shorter bodies are copied, so that a byte that is kept does not keep all that came with it. */
const smallBody = 65_536;

/** The frame that begins what has come and ends there. */
export function readFrame(bytes: Buffer, end: number): Frame {
  const flags = bytes[0] as number;
  const isLong = (flags & flag.long) !== 0;
  const body = bytes.subarray(isLong ? 9 : 2, end);
  return {
    isCommand: (flags & flag.command) !== 0,
    hasMore: (flags & flag.more) !== 0,
    body: body.length <= smallBody ? Buffer.from(body) : body,
  };
}

function frameHead(flags: number, length: number): Buffer {
  if (length <= 255) return Buffer.from([flags, length]);
  const head = Buffer.allocUnsafe(9);
  head[0] = flags | flag.long;
  head.writeBigUInt64BE(BigInt(length), 1);
  return head;
}

/** Frames longer than this are sent from where they are; shorter ones are copied together. */
const copied = 65_536;

/** A message as the bytes to write, in as few pieces as need be. */
export function encodeMessage(frames: readonly Uint8Array[]): Buffer[] {
  const pieces: Buffer[] = [];
  let small: Uint8Array[] = [];
  const flush = () => {
    if (small.length > 0) pieces.push(Buffer.concat(small));
    small = [];
  };
  for (const [index, frame] of frames.entries()) {
    small.push(frameHead(index < frames.length - 1 ? flag.more : 0, frame.byteLength));
    if (frame.byteLength <= copied) small.push(frame);
    else {
      flush();
      pieces.push(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength));
    }
  }
  flush();
  return pieces;
}

export function encodeCommand(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from([name.length]), Buffer.from(name, "latin1"), data]);
  return Buffer.concat([frameHead(flag.command, body.length), body]);
}

/** A command's name and what follows it. */
export function readCommand(body: Buffer): { name: string; data: Buffer } {
  const end = 1 + (body[0] ?? 0);
  return { name: body.toString("latin1", 1, end), data: body.subarray(end) };
}

/** Properties of a READY command: names of at most 255 bytes, values with a length of four. */
export function encodeProperties(properties: Record<string, string>): Buffer {
  const parts = Object.entries(properties).flatMap(([name, value]) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(value.length);
    return [Buffer.from([name.length]), Buffer.from(name, "latin1"), length, Buffer.from(value, "latin1")];
  });
  return Buffer.concat(parts);
}

/** @throws RangeError when a length leads beyond the end */
export function readProperties(data: Buffer): Map<string, string> {
  const properties = new Map<string, string>();
  for (let at = 0; at < data.length; ) {
    const nameEnd = at + 1 + (data[at] as number);
    const length = data.readUInt32BE(nameEnd);
    const end = nameEnd + 4 + length;
    if (end > data.length) throw new RangeError(`a property of ${length} bytes`);
    const name = data.toString("latin1", at + 1, nameEnd);
    properties.set(name.toLowerCase(), data.toString("latin1", nameEnd + 4, end));
    at = end;
  }
  return properties;
}
