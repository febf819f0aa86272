import { maskedCrc32c } from "../../../src/tables/events/crc32c.ts";

/** Fields of protocol buffers, as tensorboard/compat/proto writes them. */
export const varint = (value: number | bigint): Buffer => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
};
export const integer = (field: number, value: number | bigint) =>
  Buffer.concat([varint(field * 8), varint(value)]);
export const bytes = (field: number, content: Uint8Array | string) => {
  const held = Buffer.from(content as string);
  return Buffer.concat([varint(field * 8 + 2), varint(held.length), held]);
};
export const double = (field: number, value: number) => {
  const held = Buffer.alloc(8);
  held.writeDoubleLE(value);
  return Buffer.concat([varint(field * 8 + 1), held]);
};
export const float = (field: number, value: number) => {
  const held = Buffer.alloc(4);
  held.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + 5), held]);
};

/** A record with its length and both checksums. */
export function record(data: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  const checksum = (of: Uint8Array) => {
    const held = Buffer.alloc(4);
    held.writeUInt32LE(maskedCrc32c(of));
    return held;
  };
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

/** An event with one value of a summary: the tag, and what stands beside it. */
export const event = (step: number | bigint, tag: string, ...value: Buffer[]) =>
  Buffer.concat([
    double(1, 1.7e9 + Number(step)),
    integer(2, step),
    bytes(5, bytes(1, Buffer.concat([bytes(1, tag), ...value]))),
  ]);

/** A scalar as TensorFlow 1 and PyTorch write it. */
export const simple = (step: number, tag: string, value: number) => event(step, tag, float(2, value));

/** A scalar as TensorFlow 2 writes it: a tensor without dimensions, of the plugin "scalars". */
export const tensor = (step: number, tag: string, content: Buffer, plugin = "scalars") =>
  event(step, tag, bytes(9, bytes(1, bytes(1, plugin))), bytes(8, content));

/** The head of every event file. */
export const version = () => Buffer.concat([double(1, 1.7e9), bytes(3, "brain.Event:2")]);

export const eventFile = (...events: Uint8Array[]) => Buffer.concat([version(), ...events].map(record));
