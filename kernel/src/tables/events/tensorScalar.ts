import { doubleOf, type Field, fieldsOf, floatOf } from "./protobuf.ts";

/** TensorFlow's numbers of the types that a scalar may have. */
const types = { float: 1, double: 2, int32: 3, int64: 9, bfloat16: 14, half: 19, uint32: 22, uint64: 23 };

/** The number that a TensorProto of a single element holds; undefined where it holds none, or more. */
export function tensorScalar(tensor: Uint8Array): number | undefined {
  const fields = [...fieldsOf(tensor)];
  const type = Number(fields.findLast(({ number }) => number === 1)?.integer ?? 0n);
  const shape = fields.findLast(({ number }) => number === 2)?.bytes ?? new Uint8Array(0);
  if (elements(shape) !== 1) return undefined;
  const content = fields.findLast(({ number, bytes }) => number === 4 && bytes.length > 0)?.bytes;
  if (content) return ofContent(type, content);
  const values = (number: number) => fields.filter((field) => field.number === number);
  if (type === types.float) return ofFixed(values(5), 4, floatOf);
  if (type === types.double) return ofFixed(values(6), 8, doubleOf);
  if (type === types.int32) return ofVarint(values(7));
  if (type === types.int64) return ofVarint(values(10));
  if (type === types.uint32) return ofVarint(values(16));
  if (type === types.uint64) return ofVarint(values(17), true);
  const isShort = type === types.half || type === types.bfloat16;
  const bits = isShort ? ofVarint(values(13)) : undefined;
  return bits === undefined ? undefined : ofShort(type, bits);
}

/** How many elements a TensorShapeProto says; 1 where it has no dimension, NaN where it does not know. */
function elements(shape: Uint8Array): number {
  let product = 1;
  for (const { number, bytes, integer } of fieldsOf(shape)) {
    if (number === 3 && integer !== 0n) return Number.NaN;
    if (number !== 2) continue;
    const size = [...fieldsOf(bytes)].findLast((field) => field.number === 1)?.integer ?? 0n;
    product *= Number(size);
  }
  return product;
}

function ofContent(type: number, bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes: Readonly<Record<number, number>> = { 1: 4, 2: 8, 3: 4, 9: 8, 14: 2, 19: 2, 22: 4, 23: 8 };
  if (sizes[type] !== bytes.length) return undefined;
  if (type === types.float) return view.getFloat32(0, true);
  if (type === types.double) return view.getFloat64(0, true);
  if (type === types.int32) return view.getInt32(0, true);
  if (type === types.uint32) return view.getUint32(0, true);
  if (type === types.int64) return Number(view.getBigInt64(0, true));
  if (type === types.uint64) return Number(view.getBigUint64(0, true));
  return ofShort(type, view.getUint16(0, true));
}

/** The one value of a repeated field, packed or not; 0 where it is left out, as protocol buffers leave out zeros. */
function ofFixed(
  fields: readonly Field[],
  size: number,
  read: (bytes: Uint8Array, at: number) => number,
): number | undefined {
  const all = fields.flatMap(({ bytes }) =>
    Array.from({ length: Math.floor(bytes.length / size) }, (_, k) => read(bytes, k * size)),
  );
  return single(all);
}

function ofVarint(fields: readonly Field[], isUnsigned = false): number | undefined {
  const all = fields.flatMap(({ wire, integer, bytes }) => (wire === 2 ? varintsOf(bytes) : [integer]));
  return single(all.map((value) => Number(isUnsigned ? BigInt.asUintN(64, value) : value)));
}

function varintsOf(bytes: Uint8Array): bigint[] {
  const values: bigint[] = [];
  for (let at = 0, shift = 0n, value = 0n; at < bytes.length; at++) {
    value |= BigInt(bytes[at]! & 0x7f) << shift;
    shift += 7n;
    if (bytes[at]! >= 0x80) continue;
    values.push(BigInt.asIntN(64, value));
    [shift, value] = [0n, 0n];
  }
  return values;
}

function single(values: readonly number[]): number | undefined {
  return values.length > 1 ? undefined : (values[0] ?? 0);
}

function ofShort(type: number, bits: number): number {
  if (type === types.bfloat16) return new DataView(Uint32Array.of(bits << 16).buffer).getFloat32(0, isLittle);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
