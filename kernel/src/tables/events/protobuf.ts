/** A field of a protocol buffer: a number for varints, bytes for everything else. */
export interface Field {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 bytes with their length, 5 four bytes. */
  readonly wire: number;
  /** The value of a varint, signed as int64; 0 elsewhere. */
  readonly integer: bigint;
  readonly bytes: Uint8Array;
}

const none = new Uint8Array(0);

/**
 * The fields of an encoded message, in their order.
 *
 * @throws RangeError where the bytes are none
 */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  const reader = { bytes: message, at: 0 };
  while (reader.at < message.length) {
    const key = Number(varint(reader));
    const [number, wire] = [Math.floor(key / 8), key % 8];
    if (number === 0) throw new RangeError("a field has the number 0");
    if (wire === 0) {
      yield { number, wire, integer: BigInt.asIntN(64, varint(reader)), bytes: none };
      continue;
    }
    const length = wire === 1 ? 8 : wire === 5 ? 4 : wire === 2 ? Number(varint(reader)) : Number.NaN;
    if (Number.isNaN(length)) throw new RangeError(`a field has the wire type ${wire}`);
    if (reader.at + length > message.length) throw new RangeError("a field ends behind its message");
    yield { number, wire, integer: 0n, bytes: message.subarray(reader.at, reader.at + length) };
    reader.at += length;
  }
}

function varint(reader: { bytes: Uint8Array; at: number }): bigint {
  let low = 0;
  let value = 0n;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = reader.bytes[reader.at++];
    if (byte === undefined) throw new RangeError("a number ends behind its message");
    // Small ones, which most are, without a BigInt a byte.
    if (shift < 28) low += (byte & 0x7f) * 2 ** shift;
    else value |= BigInt(byte & 0x7f) << BigInt(shift);
    if (byte < 0x80) return value | BigInt(low);
  }
  throw new RangeError("a number has more than ten bytes");
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A float of four bytes, little-endian. */
export const floatOf = (bytes: Uint8Array, at = 0) => view(bytes).getFloat32(at, true);

/** A float of eight bytes, little-endian. */
export const doubleOf = (bytes: Uint8Array, at = 0) => view(bytes).getFloat64(at, true);
