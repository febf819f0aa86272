/** What systems take as a path: more would be no file that anybody could import. */
const longest = { name: 255, path: 1000, folders: 32 };

/**
 * The name in a cell's opening doc comment `@module name`: tslab's way to make a cell a file to import.
 *
 * @throws RangeError when it is too long, or in too many folders, to be a file
 */
export function moduleName(source: string): string | undefined {
  const start = source.trimStart();
  if (!start.startsWith("/**")) return undefined;
  const comment = start.slice(3, start.indexOf("*/") + 1 || undefined);
  const [, name] = /@module\s+([\w./-]+)/.exec(comment) ?? [];
  if (name === undefined) return undefined;
  const parts = name.split("/");
  if (
    name.length > longest.path ||
    parts.length > longest.folders ||
    parts.some((part) => part.length > longest.name)
  )
    throw new RangeError(
      `@module ${name.slice(0, 40)}…: a module's name takes ${longest.path} characters in ${longest.folders} folders, each part ${longest.name}`,
    );
  return /\.[mc]?tsx?$/.test(name) ? name : `${name}.ts`;
}
