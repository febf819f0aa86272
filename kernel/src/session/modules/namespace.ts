export type Namespace = Record<string, unknown>;

/** One named import; the properties of a CommonJS default export count as names. */
export function named(namespace: Namespace, name: string): unknown {
  if (name in namespace) return namespace[name];
  const fallback = namespace.default;
  if (fallback !== null && (typeof fallback === "object" || typeof fallback === "function")) {
    return (fallback as Namespace)[name];
  }
  return undefined;
}
