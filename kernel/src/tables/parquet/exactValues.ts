import type { FileMetaData, ParquetParsers, SchemaElement, SchemaTree } from "hyparquet";

/**
 * Values as the file has them. The library's own parsers make a Date of microseconds, one character of any two bytes that
 * are no text, and one object of two numbers beyond 2^53, so that different values become equal.
 */
export const exactParsers: ParquetParsers = {
  timestampFromMilliseconds: (millis) => describeTime(BigInt(millis) * 1_000_000n),
  timestampFromMicroseconds: (micros) => describeTime(micros * 1000n),
  timestampFromNanoseconds: describeTime,
  dateFromDays: (days) => describeTime(BigInt(days) * 86_400_000_000_000n).replace("T00:00:00Z", ""),
  stringFromBytes: (bytes) => bytes && (readText(bytes) ?? bytes),
  jsonFromBytes: (bytes) => bytes && (readText(bytes) ?? bytes),
  geometryFromBytes: (bytes) => bytes,
  geographyFromBytes: (bytes) => bytes,
  uuidFromBytes: (bytes) => bytes && Buffer.from(bytes).toString("hex"),
};

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as the text that they are; undefined where they are none. */
export function readText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

const second = 1_000_000_000n;

/** A time in nanoseconds since 1970, by its digits: 2024-01-01T00:00:00.000001Z. */
function describeTime(nanoseconds: bigint): string {
  const fraction = ((nanoseconds % second) + second) % second;
  const date = new Date(Number((nanoseconds - fraction) / second) * 1000);
  if (Number.isNaN(date.getTime())) return `${nanoseconds} ns since 1970`;
  const digits = fraction === 0n ? "" : `.${String(fraction).padStart(9, "0").replace(/0+$/, "")}`;
  return date.toISOString().replace(".000Z", `${digits}Z`);
}

/** Makes the cell of a column out of what the library reads. */
export type CellReader = (value: unknown) => unknown;

/** Most cells are what the library reads. */
export const asItIs: CellReader = (value) => value;

/**
 * How to read the cells of a column. Where the library would round, the kind of the column is taken out of the metadata,
 * so that it hands over what is stored.
 *
 * @throws Error where a decimal number has an impossible scale
 */
export function cellReader(column: SchemaTree): CellReader {
  if (column.children.length > 0) return asItIs;
  const { element } = column;
  const logical = element.logical_type;
  if (element.converted_type !== "DECIMAL" && logical?.type !== "DECIMAL") {
    // Of these two the library knows but the names.
    const isUnknown = element.converted_type === "BSON" || element.converted_type === "INTERVAL";
    if (isUnknown) forgetKind(element);
    return element.type === "BYTE_ARRAY" ? textOrBytes : asItIs;
  }
  const scale = element.scale ?? (logical?.type === "DECIMAL" ? logical.scale : 0) ?? 0;
  if (!(Number.isInteger(scale) && scale >= 0 && scale <= mostDecimals)) {
    throw new Error(`its column has decimal numbers of ${scale} decimals`);
  }
  forgetKind(element);
  return (value) => (value === undefined || value === null ? value : decimalText(unscaled(value), scale));
}

const mostDecimals = 1000;

function forgetKind(element: SchemaElement): void {
  delete element.converted_type;
  delete element.logical_type;
}

const textOrBytes: CellReader = (value) => (value instanceof Uint8Array ? (readText(value) ?? value) : value);

function unscaled(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as number | bigint);
  return value.length === 0
    ? 0n
    : BigInt.asIntN(8 * value.length, BigInt(`0x${Buffer.from(value).toString("hex")}`));
}

function decimalText(digits: bigint, scale: number): string {
  if (scale === 0) return String(digits);
  const sign = digits < 0n ? "-" : "";
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

/** A copy of the metadata's list of columns that `cellReader` may change. */
export const withOwnSchema = (metadata: FileMetaData): FileMetaData => ({
  ...metadata,
  schema: metadata.schema.map((element) => ({ ...element })),
});
