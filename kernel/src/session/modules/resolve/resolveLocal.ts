import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ModuleNotFoundError } from "./moduleNotFoundError.ts";
import { virtualModules } from "./virtualModules.ts";

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];
/** What TypeScript lets one write for a file of another extension. */
const sourceExtensions: Record<string, string[]> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/** Whether a specifier is a path: relative, absolute or a `file:` address. */
export function isPath(specifier: string): boolean {
  return /^(\.{1,2}(\/|$)|\/|file:)/.test(specifier);
}

/**
 * The file that a relative, absolute or `file:` specifier means, with or without extension.
 *
 * @throws ModuleNotFoundError where there is none
 */
export function resolveLocal(specifier: string, folder: string): string {
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(folder, specifier);
  // `./x.ts?again` is what Node is given to have a file read again, which happens here anyway.
  const found = findFile(path) ?? findFile(path.replace(/[?#].*$/, ""));
  if (found !== undefined) return found;
  throw new ModuleNotFoundError(
    `cannot find "${specifier}" from ${folder}; there is no ${path}[${extensions.join("|")}]`,
  );
}

/** The file that a path means as TypeScript has it: a source before what it was compiled to, a folder by its index. */
export function findFile(path: string): string | undefined {
  const [extension = ""] = /\.[mc]?jsx?$/.exec(path) ?? [];
  const stem = path.slice(0, path.length - extension.length);
  const direct = [...(sourceExtensions[extension] ?? []).map((source) => stem + source), path];
  const known = direct.find(isFile) ?? extensions.map((each) => path + each).find(isFile);
  if (known !== undefined || !isFolder(path)) return known;
  const main = mainOf(path);
  if (main !== undefined && join(path, main) !== path) {
    const found = findFile(join(path, main));
    if (found !== undefined) return found;
  }
  return extensions.map((each) => join(path, `index${each}`)).find(isFile);
}

function mainOf(folder: string): string | undefined {
  try {
    const { main } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { main?: unknown };
    return typeof main === "string" && main !== "" ? main : undefined;
  } catch {
    return undefined;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(path: string): boolean {
  if (virtualModules.get(path)) return true;
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
