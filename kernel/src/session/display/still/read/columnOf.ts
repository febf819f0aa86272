import { fields, near } from "./fields.ts";

type Read = (view: DataView, at: number) => number;

/** Numbers as Plotly packs them: bytes of each, and how they are read. */
const packed: Readonly<Record<string, [number, Read]>> = {
  i1: [1, (view, at) => view.getInt8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  u1c: [1, (view, at) => view.getUint8(at)],
  i2: [2, (view, at) => view.getInt16(at, true)],
  u2: [2, (view, at) => view.getUint16(at, true)],
  i4: [4, (view, at) => view.getInt32(at, true)],
  u4: [4, (view, at) => view.getUint32(at, true)],
  f4: [4, (view, at) => view.getFloat32(at, true)],
  f8: [8, (view, at) => view.getFloat64(at, true)],
};

/** The values of an attribute: a list, or numbers packed as `{ dtype, bdata }`; empty for anything else. */
export function columnOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { dtype, bdata } = fields(value);
  const [bytes, read] = packed[String(dtype)] ?? [];
  if (typeof bdata !== "string" || !bytes || !read) return [];
  const buffer = Buffer.from(bdata, "base64");
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  return Array.from({ length: Math.floor(buffer.byteLength / bytes) }, (_, i) => read(view, i * bytes));
}

/** A column whose entries lie on an axis; two lists are categories in categories. */
export function placesOf(value: unknown): readonly unknown[] {
  const column = columnOf(value);
  if (!Array.isArray(column[0])) return column;
  const levels = column.map(columnOf);
  return (levels[0] as readonly unknown[]).map((_, i) =>
    levels.map((level) => String(level[i] ?? "")).join(" / "),
  );
}

/** Rows of numbers; NaN for what is none. */
export function gridOf(value: unknown): number[][] {
  const { shape } = fields(value);
  const column = columnOf(value);
  const toNumber = (each: unknown) => (each === null || each === "" ? Number.NaN : near(Number(each)));
  if (typeof shape !== "string") return column.map((row) => columnOf(row).map(toNumber));
  const width = Number(shape.split(",")[1]);
  if (!(width >= 1)) return [];
  return Array.from({ length: Math.floor(column.length / width) }, (_, i) =>
    column.slice(i * width, (i + 1) * width).map(toNumber),
  );
}
