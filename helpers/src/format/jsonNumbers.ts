/** JSON has no infinities and no NaN: those travel as text. */
export type JsonNumber = number | "Infinity" | "-Infinity" | "NaN";

export function encodeNumber(value: number): JsonNumber {
  return Number.isFinite(value) ? value : (String(value) as JsonNumber);
}

/** A record with every number in it as JSON can hold it. */
export function encodeNumbers<T>(value: T): T {
  return mapLeaves(value, (leaf) => (typeof leaf === "number" ? encodeNumber(leaf) : leaf)) as T;
}

/** Takes back `encodeNumbers`. */
export function decodeNumbers<T>(value: T): T {
  return mapLeaves(value, (leaf) =>
    leaf === "Infinity" || leaf === "-Infinity" || leaf === "NaN" ? Number(leaf) : leaf,
  ) as T;
}

function mapLeaves(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => mapLeaves(part, change));
  if (value === null || typeof value !== "object") return change(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapLeaves(part, change)]));
}
