/**
 * A value as JSON with the keys of every object in order, so that equal values give equal text whatever made them; what
 * JSON leaves out (undefined, functions) is left out here, too.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
