import { lstatSync as nodeLstat, statSync as nodeStat, type Stats } from "node:fs";
import fs from "node:fs/promises";
import { type Place, toPath } from "./paths.ts";
import { rejectingAsDeno, throwingAsDeno } from "./throwing.ts";

/** What there is to know of a file. */
export interface FileInfo {
  isFile: boolean;
  isDirectory: boolean;
  isSymlink: boolean;
  /** Bytes. */
  size: number;
  mtime: Date | null;
  atime: Date | null;
  birthtime: Date | null;
  ctime: Date | null;
  dev: number;
  ino: number | null;
  mode: number | null;
  nlink: number | null;
  uid: number | null;
  gid: number | null;
  rdev: number | null;
  blksize: number | null;
  blocks: number | null;
  isBlockDevice: boolean | null;
  isCharDevice: boolean | null;
  isFifo: boolean | null;
  isSocket: boolean | null;
}

export function fileInfo(stats: Stats): FileInfo {
  const { size, mtime, atime, birthtime, ctime, dev, ino, mode, nlink, uid, gid, rdev, blksize, blocks } =
    stats;
  return {
    isFile: stats.isFile(),
    isDirectory: stats.isDirectory(),
    isSymlink: stats.isSymbolicLink(),
    ...{ size, mtime, atime, birthtime, ctime, dev, ino, mode, nlink, uid, gid, rdev, blksize, blocks },
    isBlockDevice: stats.isBlockDevice(),
    isCharDevice: stats.isCharacterDevice(),
    isFifo: stats.isFIFO(),
    isSocket: stats.isSocket(),
  };
}

/** What there is to know of a file, or of the one a link leads to. */
export function stat(path: Place): Promise<FileInfo> {
  return rejectingAsDeno(async () => fileInfo(await fs.stat(toPath(path))));
}

export function statSync(path: Place): FileInfo {
  return throwingAsDeno(() => fileInfo(nodeStat(toPath(path))));
}

/** What there is to know of a file, or of the link itself. */
export function lstat(path: Place): Promise<FileInfo> {
  return rejectingAsDeno(async () => fileInfo(await fs.lstat(toPath(path))));
}

export function lstatSync(path: Place): FileInfo {
  return throwingAsDeno(() => fileInfo(nodeLstat(toPath(path))));
}
