import type { Node } from "./syntax.ts";

/**
 * `import d, { a as b } from "x" with { type: "json" }` as an assignment of session variables. Named imports
 * are read one by one by `$import.named`, which falls back to the properties of a CommonJS default export.
 */
export function bindImports(statement: Node, mark: string): { code: string; names: string[] } {
  const source = statement.source?.value ?? "";
  const attributes = (statement.attributes as Node[] | undefined) ?? [];
  const entries = attributes.map(({ key, value }) => {
    const { name, value: text } = key as { name?: string; value?: string };
    return [name ?? text, (value as { value: string }).value];
  });
  const options = entries.length > 0 ? `, { with: ${JSON.stringify(Object.fromEntries(entries))} }` : "";
  const load = `await ${mark}import(${JSON.stringify(source)}${options})`;
  const specifiers = (statement.specifiers as Node[] | undefined) ?? [];
  if (specifiers.length === 0) return { code: `;${load};`, names: [] };
  const names = specifiers.map((each) => (each.local as { name: string }).name);
  const reads = specifiers.map((each, index) => {
    if (each.type === "ImportNamespaceSpecifier") return `${names[index]} = ${mark}m`;
    const imported = each.imported as { name?: string; value?: string } | undefined;
    const key = each.type === "ImportDefaultSpecifier" ? "default" : (imported?.name ?? imported?.value);
    return `${names[index]} = ${mark}import.named(${mark}m, ${JSON.stringify(key)})`;
  });
  return { code: `;{ const ${mark}m = ${load}; ${reads.join("; ")}; }`, names };
}
