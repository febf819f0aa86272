import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { FileWriteError } from "./FileWriteError.ts";
import { placeOf } from "./placeOf.ts";
import { newFile, removeOldTemporaries, temporaryName } from "./temporaryName.ts";
import { unbroken } from "./unbroken.ts";

/** A block of a disk; an empty file fits on a full one. */
const block = new Uint8Array(4096);

/**
 * Tries whether files could be written, before work is done for them: a file of one block is made where they would go, in
 * the nearest folder that is there, and removed.
 *
 * @throws FileWriteError naming the first that could not
 */
export function checkWritable(...paths: readonly string[]): void {
  const tried = new Set<string>();
  for (const path of paths) {
    try {
      const { path: target, kind } = placeOf(path);
      if (kind !== "nothing") accessSync(target, constants.W_OK);
      const folder = dirname(resolve(target));
      if (kind !== "stream" && !tried.has(folder)) unbroken(() => tryFolder(folder));
      tried.add(folder);
    } catch (error) {
      throw new FileWriteError(path, error);
    }
  }
}

function tryFolder(path: string): void {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
  removeOldTemporaries(folder);
  const temporary = temporaryName(folder);
  const file = openSync(temporary, newFile, 0o600);
  try {
    try {
      writeSync(file, block);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } finally {
    rmSync(temporary, { force: true });
  }
}
