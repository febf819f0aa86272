import { lstatSync, readlinkSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";

/** Where a path leads when something is written to it. */
export interface Place {
  /** The file itself, behind all symbolic links; what is read and written through a device keeps its own path. */
  readonly path: string;
  /** What is there: a file to replace; something to write into, such as a pipe or a device; or nothing. */
  readonly kind: "file" | "stream" | "nothing";
  /** Of what is there. */
  readonly stats?: Stats;
}

/** As many links as Linux follows. */
const mostLinks = 40;

/**
 * Follows the symbolic links of a path, so that they stay when the file is replaced.
 *
 * @throws Error of the file system: EISDIR where a folder is there, ELOOP where links lead in a circle
 */
export function placeOf(given: string): Place {
  const stats = statSync(given, { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw withCode("EISDIR", given);
  if (stats && !stats.isFile()) return { path: given, kind: "stream", stats };
  if (!stats && (given.endsWith(sep) || given === "")) throw withCode("EISDIR", given);
  let path = inRealFolder(resolve(given));
  for (let links = 0; lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink(); links++) {
    if (links === mostLinks) throw withCode("ELOOP", given);
    const leads = readlinkSync(path);
    if (leads.endsWith(sep)) throw withCode("EISDIR", given);
    path = inRealFolder(resolve(dirname(path), leads));
  }
  return stats ? { path, kind: "file", stats } : { path, kind: "nothing" };
}

/** A relative link leads on from where its folder is, not from the link by which that was reached. */
function inRealFolder(path: string): string {
  const folder = dirname(path);
  if (folder === path) return path;
  try {
    return join(realpathSync(folder), basename(path));
  } catch {
    // It is missing, or not to be looked at: what is there of it may be reached by links all the same.
    return join(inRealFolder(folder), basename(path));
  }
}

const withCode = (code: string, path: string) =>
  Object.assign(new Error(`${code}: '${path}'`), { code, path });
