/** Whose element a value is. */
export type ElementKind = "react" | "preact";

const react = new Set<unknown>([Symbol.for("react.element"), Symbol.for("react.transitional.element")]);

/** What JSX makes with React or Preact, known by its shape; undefined for anything else. */
export function elementKind(value: unknown): ElementKind | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  // Preact marks its nodes by a `constructor` that is none, so that JSON cannot make one. Asked for first: its
  // compatibility layer marks them as React's, too.
  const isPreact = "__k" in value && "__v" in value && "type" in value && "props" in value;
  if (isPreact && !["function", "object"].includes(typeof value.constructor)) return "preact";
  return react.has((value as { $$typeof?: unknown }).$$typeof) ? "react" : undefined;
}

const looked = 1000;

/** Elements in a list, with text or nothing between them, as children stand in JSX. */
export function isElementList(value: unknown): value is readonly unknown[] {
  if (!Array.isArray(value)) return false;
  let hasElement = false;
  for (let i = 0; i < Math.min(value.length, looked); i++) {
    const each: unknown = value[i];
    if (typeof each === "function") return false;
    if (typeof each !== "object" || each === null) continue;
    if (elementKind(each) === undefined && !isElementList(each)) return false;
    hasElement = true;
  }
  return hasElement;
}
