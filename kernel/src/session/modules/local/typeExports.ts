import { parseSync } from "oxc-parser";

/** Where a specifier of a file leads, if to a local TypeScript file. */
export type FindSource = (specifier: string, file: string) => { file: string; source: string } | undefined;

interface Node {
  type: string;
  start: number;
  end: number;
  id?: { name?: string };
  declaration?: Node | null;
  source?: { value: string } | null;
  specifiers?: Node[];
  imported?: { name?: string };
  local?: { name?: string };
}

/**
 * Takes types out of what a compiled file hands on, as in `export { Shape }` of another file. Where a file is read
 * alone, nothing says that `Shape` is a type, and V8 does not load what exports a name that is not there.
 */
export function withoutHandedOnTypes(code: string, file: string, find: FindSource): string {
  if (!/\bexport\s*\{/.test(code)) return code;
  const { program } = parseSync("module.js", code, { sourceType: "module" });
  const known = new Map<string, Set<string>>();
  const imported = new Set<string>();
  const parts: string[] = [];
  let copied = 0;
  const drop = (specifiers: readonly Node[], isType: (specifier: Node) => boolean) => {
    for (const [index, each] of specifiers.entries()) {
      if (!isNamed(each) || !isType(each)) continue;
      if (each.type === "ImportSpecifier") imported.add(each.local?.name ?? "");
      const end = specifiers[index + 1]?.start ?? each.end;
      parts.push(code.slice(copied, each.start), " ".repeat(end - each.start));
      copied = end;
    }
  };
  const statements = program.body as unknown as Node[];
  for (const { source, specifiers = [] } of statements) {
    const target = source && specifiers.some(isNamed) ? find(source.value, file) : undefined;
    if (!target) continue;
    const types = typeNames(target.file, target.source, find, known);
    drop(specifiers, (each) => types.has(nameThere(each)));
  }
  if (imported.size === 0) return parts.join("") + code.slice(copied);
  return withoutExportsOf(imported, parts.join("") + code.slice(copied), statements);
}

/** The same places in a text that was only blanked: what is exported of names that are imported no more. */
function withoutExportsOf(names: ReadonlySet<string>, code: string, statements: readonly Node[]): string {
  let text = code;
  for (const { type, source, specifiers = [] } of statements) {
    if (type !== "ExportNamedDeclaration" || source) continue;
    for (const [index, each] of specifiers.entries()) {
      if (!names.has(each.local?.name ?? "")) continue;
      const end = specifiers[index + 1]?.start ?? each.end;
      text = text.slice(0, each.start) + " ".repeat(end - each.start) + text.slice(end);
    }
  }
  return text;
}

function isNamed({ type }: Node): boolean {
  return type === "ImportSpecifier" || type === "ExportSpecifier";
}

function nameThere({ imported, local }: Node): string {
  return (imported ?? local)?.name ?? "";
}

/** The names a file exports that are types only, its own and what it hands on. */
function typeNames(
  file: string,
  source: string,
  find: FindSource,
  known: Map<string, Set<string>>,
): Set<string> {
  const before = known.get(file);
  if (before) return before;
  const names = new Set<string>();
  known.set(file, names); // before it is full: files import each other in circles
  const { module, program } = parseSync(file, source, { sourceType: "module" });
  const own = ownTypes(program.body as unknown as Node[]);
  for (const { exportName, importName, localName, isType, moduleRequest } of module.staticExports.flatMap(
    ({ entries }) => entries,
  )) {
    const target = moduleRequest && find(moduleRequest.value, file);
    const there = target && typeNames(target.file, target.source, find, known);
    const isTypeHere = isType || (!moduleRequest && own.has(localName.name ?? ""));
    if (exportName.name && (isTypeHere || there?.has(importName.name ?? ""))) names.add(exportName.name);
    if (exportName.kind === "None" && there) for (const each of there) names.add(each); // export *
  }
  return names;
}

/** Interfaces and types that no value shares its name with. */
function ownTypes(body: readonly Node[]): Set<string> {
  const statements = body.map((each) => each.declaration ?? each);
  const names = (pattern: RegExp) =>
    statements.flatMap(({ type, id }) => (pattern.test(type) && id?.name ? [id.name] : []));
  const types = new Set(names(/^TS(InterfaceDeclaration|TypeAliasDeclaration)$/));
  for (const name of names(/^(Function|Class|TSEnum|TSModule)/)) types.delete(name);
  return types;
}
