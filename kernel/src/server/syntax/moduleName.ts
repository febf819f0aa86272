/** The name in a cell's opening doc comment `@module name`: tslab's way to make a cell a file to import. */
export function moduleName(source: string): string | undefined {
  const [, name] = /^\s*\/\*\*(?:(?!\*\/)[\s\S])*?@module\s+([\w./-]+)/.exec(source) ?? [];
  return name && (/\.[mc]?tsx?$/.test(name) ? name : `${name}.ts`);
}
