/** What somebody gave in the place of something else, in a few words. */
export function describeGiven(given: unknown): string {
  if (typeof given === "string") return `the text ${JSON.stringify(given.slice(0, 40))}`;
  if (given === null || given === undefined) return String(given);
  const kind = (given as { constructor?: { name?: unknown } }).constructor?.name;
  if (Object(given) !== given) return `the ${typeof given} ${String(given)}`;
  if (typeof kind === "string" && kind !== "Object") return `${/^[AEIO]/.test(kind) ? "an" : "a"} ${kind}`;
  const names = Object.keys(given);
  const shown = names.slice(0, 6).join(", ");
  return shown ? `an object with ${shown}${names.length > 6 ? "…" : ""}` : "an empty object";
}
