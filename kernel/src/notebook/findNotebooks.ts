import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describeReadFailure } from "../files/describeReadFailure.ts";
import { shownPath } from "../files/shownPath.ts";
import { isSystemError } from "../files/systemCauses.ts";

/**
 * The notebooks of a folder in the order of their names, or the file itself.
 *
 * @throws Error when there is neither
 */
export function findNotebooks(path: string): string[] {
  try {
    return find(path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Error(`cannot read ${shownPath(path)}: ${describeReadFailure(error)}`, { cause: error });
  }
}

function find(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new Error(`there is no ${shownPath(path)}; name .ipynb files or folders that hold some`);
  if (!stats.isDirectory()) return [path];
  const found = readdirSync(path).filter((name) => name.endsWith(".ipynb"));
  if (found.length === 0) throw new Error(`${shownPath(path)} holds no .ipynb file; name a folder that does`);
  return found.sort().map((name) => join(path, name));
}
