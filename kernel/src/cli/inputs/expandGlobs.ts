import { existsSync } from "node:fs";
import { shownPath } from "../../files/shownPath.ts";

/**
 * Paths as they are given, and in the place of each pattern such as `runs/*.csv` the files it means, in the order of their
 * names. Shells do that themselves, save where a pattern is quoted, finds nothing, or on Windows. What is there by that very
 * name is no pattern.
 *
 * @throws Error where a pattern finds no file
 */
export async function expandGlobs(given: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of given) {
    const isPattern = /[*?[\]{}]/.test(path) && !existsSync(path);
    if (!isPattern) {
      found.push(path);
      continue;
    }
    const { glob } = await import("tinyglobby");
    const files = await glob(path, { dot: false, followSymbolicLinks: true, expandDirectories: false });
    if (files.length === 0) throw new Error(`${shownPath(path)} finds no file; check the pattern`);
    found.push(...files.sort());
  }
  return found;
}
