/** JSON that anyone may have written: each reader takes what fits, and gives a default for what does not. */
export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function numberOf(value: unknown, fallback: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : fallback;
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A title is a text, or an object that has one. */
export function titleOf(value: unknown): string {
  return textOf(value) ?? textOf(fields(value).text) ?? "";
}

/** What may stand as a colour in an attribute: no address, nothing that ends it. */
export function colorOf(value: unknown): string | undefined {
  return typeof value === "string" && /^(?!.*url)[\w#][\w#(),.%\s/-]{0,80}$/i.test(value) ? value : undefined;
}

/** Beyond it the distance between two numbers is none. */
const farthest = 1e300;

export function near(value: number): number {
  return Math.min(Math.max(value, -farthest), farthest);
}
