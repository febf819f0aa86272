import { statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ModuleNotFoundError } from "./moduleNotFoundError.ts";
import { virtualModules } from "./virtualModules.ts";

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];
/** What TypeScript lets one write for a file of another extension. */
const sourceExtensions: Record<string, string[]> = {
  ".js": [".ts", ".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/** The file a relative, absolute or file: specifier means, with or without extension; undefined for a package. */
export function resolveLocal(specifier: string, folder: string): string | undefined {
  let path: string;
  if (specifier.startsWith("file:")) path = fileURLToPath(specifier);
  else if (/^\.{1,2}(\/|$)|^\//.test(specifier)) path = resolve(folder, specifier);
  else return undefined;
  if (isFile(path)) return path;
  const [extension = ""] = /\.[mc]?js$/.exec(path) ?? [];
  for (const source of sourceExtensions[extension] ?? []) {
    const candidate = path.slice(0, -extension.length) + source;
    if (isFile(candidate)) return candidate;
  }
  for (const each of [...extensions, ...extensions.map((extension) => `/index${extension}`)]) {
    if (isFile(path + each)) return path + each;
  }
  throw new ModuleNotFoundError(
    `cannot find "${specifier}" from ${folder}; there is no ${path}[${extensions.join("|")}]`,
  );
}

function isFile(path: string): boolean {
  if (virtualModules.get(path)) return true;
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
