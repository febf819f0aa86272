/**
 * What to call a value that holds others and so is neither a number nor a text: JSON lines and Parquet have such, also
 * thousands deep or with a `toString` of their own. Undefined where it is a single value.
 */
export function nestedKind(value: unknown): "an object" | "an array" | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return "an array";
  return value instanceof Date || ArrayBuffer.isView(value) ? undefined : "an object";
}
