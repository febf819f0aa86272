import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { FileChangedError, FileWriteError } from "../files/FileWriteError.ts";
import { makeFolder } from "../files/makeFolder.ts";
import { placeOf } from "../files/placeOf.ts";
import { newFile, removeOldTemporaries, temporaryName } from "../files/temporaryName.ts";
import { unbroken } from "../files/unbroken.ts";

/** How a file is written. */
export interface WriteOptions {
  /** What the file must still hold right before it is replaced; where it does not, it is left as it is. */
  readonly ifStill?: string;
}

/**
 * Writes a file whole or not at all, whatever stops the program: to a new file beside it, which then takes its name. A
 * signal that comes meanwhile ends the program afterwards. The
 * file keeps its mode, its owner as far as the system lets it, and the symbolic links that lead to it. Makes the folder if
 * needed. Pipes and devices are written into.
 *
 * @throws FileWriteError when it cannot be written; FileChangedError when it does not hold `ifStill` any more
 */
export function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  { ifStill }: WriteOptions = {},
): void {
  try {
    const { path: target, kind, stats } = placeOf(path);
    if (kind === "stream") writeInto(target, content);
    else
      unbroken(() =>
        replace(target, content, stats, () => {
          if (ifStill !== undefined && textOf(target) !== ifStill) throw new FileChangedError(path);
        }),
      );
  } catch (error) {
    throw error instanceof FileChangedError ? error : new FileWriteError(path, error);
  }
}

/** @param agree may throw, right before the new file takes the name */
function replace(
  target: string,
  content: string | Uint8Array,
  old: Stats | undefined,
  agree: () => void,
): void {
  if (old) accessSync(target, constants.W_OK);
  const folder = dirname(target);
  makeFolder(folder);
  sweepOnce(folder);
  const temporary = temporaryName(folder);
  try {
    writeNewFile(temporary, content, old);
    agree();
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(folder);
}

const swept = new Set<string>();

/** What was left here by killed programs goes, and makes room; whoever writes a hundred pages looks once. */
function sweepOnce(folder: string): void {
  if (swept.has(folder)) return;
  swept.add(folder);
  removeOldTemporaries(folder);
}

/** Writes a file that must not be there yet, to the disk itself, with mode and owner of another. */
function writeNewFile(path: string, content: string | Uint8Array, like?: Stats): void {
  const file = openSync(path, newFile, like ? 0o600 : 0o666);
  try {
    writeFileSync(file, content);
    if (like) takeAfter(file, like);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function takeAfter(file: number, { uid, gid, mode }: Stats): void {
  for (const owner of [uid, -1]) {
    try {
      fchownSync(file, owner, gid);
      break;
    } catch {
      // Only root gives files away, and members of a group to the group; otherwise it belongs to whoever writes it.
    }
  }
  fchmodSync(file, mode & 0o7777);
}

function writeInto(path: string, content: string | Uint8Array): void {
  const file = openSync(path, constants.O_WRONLY);
  try {
    writeFileSync(file, content);
  } finally {
    closeSync(file);
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Brings the new name to the disk. The file is whole by now, so that a system which cannot do this does no harm. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, constants.O_RDONLY);
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {}
}
