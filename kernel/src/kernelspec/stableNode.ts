import { realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Folders of version managers and package runners that a later update or clean-up takes away. */
const passing =
  /[\\/](\.nvm|nvm|\.?fnm|\.volta|\.asdf|mise|n|Cellar)[\\/].*\d+\.\d+|[\\/](fnm_multishells|_npx)[\\/]/;
/[\\/](\.nvm|nvm|\.?fnm|fnm_multishells|\.volta|\.asdf|mise|n)[\\/].*\d+\.\d+|fnm_multishells/;

export interface NodePlace {
  path: string;
  /** False when the path names a version that its manager may remove. */
  isLasting: boolean;
}

/**
 * A path of the running Node that outlives an update: a link on PATH, or nvm's `current`, that leads to the same
 * program. With nvm and no such link, there is only the versioned path.
 */
export function stableNode(
  executable = process.execPath,
  env: Readonly<Record<string, string | undefined>> = process.env,
): NodePlace {
  if (!passing.test(executable)) return { path: executable, isLasting: true };
  const name = process.platform === "win32" ? "node.exe" : "node";
  const candidates = (env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  if (env.NVM_DIR) candidates.unshift(join(env.NVM_DIR, "current", "bin", name));
  const wanted = realPath(executable);
  const path = candidates.find((each) => !passing.test(each) && realPath(each) === wanted);
  return path ? { path, isLasting: true } : { path: executable, isLasting: false };
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
