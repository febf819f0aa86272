import { randomUUID } from "node:crypto";
import * as sync from "node:fs";
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Place, toPath } from "./paths.ts";
import { rejectingAsDeno, throwingAsDeno } from "./throwing.ts";

/** How a folder is made. */
export interface MkdirOptions {
  /** With the folders above it; that it is there already is no error then. */
  recursive?: boolean;
  mode?: number;
}

/** Makes a folder. */
export function mkdir(path: Place, options: MkdirOptions = {}): Promise<void> {
  return rejectingAsDeno(async () => void (await fs.mkdir(toPath(path), options)));
}

export function mkdirSync(path: Place, options: MkdirOptions = {}): void {
  throwingAsDeno(() => sync.mkdirSync(toPath(path), options));
}

/** How a file or folder is removed. */
export interface RemoveOptions {
  /** With all that a folder holds. */
  recursive?: boolean;
}

/** Removes a file, or a folder: an empty one, or any with `recursive`. */
export function remove(path: Place, { recursive = false }: RemoveOptions = {}): Promise<void> {
  return rejectingAsDeno(async () => {
    const at = toPath(path);
    if (recursive) await fs.rm(at, { recursive });
    else if ((await fs.lstat(at)).isDirectory()) await fs.rmdir(at);
    else await fs.unlink(at);
  });
}

export function removeSync(path: Place, { recursive = false }: RemoveOptions = {}): void {
  throwingAsDeno(() => {
    const at = toPath(path);
    if (recursive) sync.rmSync(at, { recursive });
    else if (sync.lstatSync(at).isDirectory()) sync.rmdirSync(at);
    else sync.unlinkSync(at);
  });
}

export function rename(from: Place, to: Place): Promise<void> {
  return rejectingAsDeno(() => fs.rename(toPath(from), toPath(to)));
}

export function renameSync(from: Place, to: Place): void {
  throwingAsDeno(() => sync.renameSync(toPath(from), toPath(to)));
}

export function copyFile(from: Place, to: Place): Promise<void> {
  return rejectingAsDeno(() => fs.copyFile(toPath(from), toPath(to)));
}

export function copyFileSync(from: Place, to: Place): void {
  throwingAsDeno(() => sync.copyFileSync(toPath(from), toPath(to)));
}

/** Makes another name for a file. */
export function link(from: string, to: string): Promise<void> {
  return rejectingAsDeno(() => fs.link(from, to));
}

export function linkSync(from: string, to: string): void {
  throwingAsDeno(() => sync.linkSync(from, to));
}

/** What a link leads to; Windows wants to know. */
export interface SymlinkOptions {
  type: "file" | "dir" | "junction";
}

/** Makes a link at `to` that leads to `from`. */
export function symlink(from: Place, to: Place, options?: SymlinkOptions): Promise<void> {
  return rejectingAsDeno(() => fs.symlink(toPath(from), toPath(to), options?.type));
}

export function symlinkSync(from: Place, to: Place, options?: SymlinkOptions): void {
  throwingAsDeno(() => sync.symlinkSync(toPath(from), toPath(to), options?.type));
}

export function truncate(path: string, length = 0): Promise<void> {
  return rejectingAsDeno(() => fs.truncate(path, length));
}

export function truncateSync(path: string, length = 0): void {
  throwingAsDeno(() => sync.truncateSync(path, length));
}

export function chmod(path: Place, mode: number): Promise<void> {
  return rejectingAsDeno(() => fs.chmod(toPath(path), mode));
}

export function chmodSync(path: Place, mode: number): void {
  throwingAsDeno(() => sync.chmodSync(toPath(path), mode));
}

/** Sets the times a file was read and changed: dates, or seconds since 1970. */
export function utime(path: Place, atime: number | Date, mtime: number | Date): Promise<void> {
  return rejectingAsDeno(() => fs.utimes(toPath(path), atime, mtime));
}

export function utimeSync(path: Place, atime: number | Date, mtime: number | Date): void {
  throwingAsDeno(() => sync.utimesSync(toPath(path), atime, mtime));
}

/** Where something temporary is made, and what its name begins and ends with. */
export interface MakeTempOptions {
  dir?: string;
  prefix?: string;
  suffix?: string;
}

/** Makes a new empty folder, which nobody removes but you. */
export async function makeTempDir(options?: MakeTempOptions): Promise<string> {
  return makeTempDirSync(options);
}

export function makeTempDirSync(options: MakeTempOptions = {}): string {
  return throwingAsDeno(() => {
    const path = temporaryPath(options);
    sync.mkdirSync(path, { mode: 0o700 });
    return path;
  });
}

/** Makes a new empty file, which nobody removes but you. */
export async function makeTempFile(options?: MakeTempOptions): Promise<string> {
  return makeTempFileSync(options);
}

export function makeTempFileSync(options: MakeTempOptions = {}): string {
  return throwingAsDeno(() => {
    const path = temporaryPath(options);
    sync.writeFileSync(path, "", { flag: "wx", mode: 0o600 });
    return path;
  });
}

function temporaryPath({ dir = tmpdir(), prefix = "", suffix = "" }: MakeTempOptions): string {
  return join(dir, `${prefix}${randomUUID().slice(0, 13)}${suffix}`);
}
