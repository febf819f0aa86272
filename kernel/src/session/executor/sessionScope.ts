import vm from "node:vm";

const declared = new Set<string>();

/**
 * Makes names exist as session variables: `let` in V8's script scope, visible to every cell and nowhere on
 * globalThis. A name is declared once; cells assign to it from then on.
 */
export function declareNames(names: Iterable<string>): void {
  const fresh = [...names].filter((name) => !declared.has(name));
  if (fresh.length === 0) return;
  vm.runInThisContext(`let ${fresh.join(", ")};`, { filename: "session.ts" });
  for (const name of fresh) declared.add(name);
}

export function isDeclared(name: string): boolean {
  return declared.has(name);
}

export function declaredNames(): Iterable<string> {
  return declared;
}
