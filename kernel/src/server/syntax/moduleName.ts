/** The name in a cell's opening doc comment `@module name`: tslab's way to make a cell a file to import. */
export function moduleName(source: string): string | undefined {
  const start = source.trimStart();
  if (!start.startsWith("/**")) return undefined;
  const comment = start.slice(3, start.indexOf("*/") + 1 || undefined);
  const [, name] = /@module\s+([\w./-]+)/.exec(comment) ?? [];
  return name && (/\.[mc]?tsx?$/.test(name) ? name : `${name}.ts`);
}
