/** A value of a row: conditions are true or false, and count as 1 and 0 where a number is wanted. */
export type Value = number | string | boolean;

/** An expression about the columns of a table, as a tree. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string; readonly type: "number" | "text" }
  | { readonly kind: "call"; readonly fn: string; readonly args: readonly Expression[] };

/** What an expression reads of a row. */
export interface Cells {
  number(name: string): number;
  text(name: string): string;
}

/** The names that an expression reads, as numbers and as texts. */
export function namesOf(expression: Expression): { numbers: Set<string>; texts: Set<string> } {
  const found = { numbers: new Set<string>(), texts: new Set<string>() };
  const visit = (node: Expression) => {
    if (node.kind === "name") found[node.type === "text" ? "texts" : "numbers"].add(node.name);
    if (node.kind === "call") node.args.forEach(visit);
  };
  visit(expression);
  return found;
}
