import { type Dirent, readFileSync as nodeReadFile, readdirSync, readlinkSync, realpathSync } from "node:fs";
import fs from "node:fs/promises";
import { type Place, toPath } from "./paths.ts";
import { rejectingAsDeno, throwingAsDeno } from "./throwing.ts";

/** How a file is read. */
export interface ReadFileOptions {
  signal?: AbortSignal;
}

/** An entry of a folder. */
export interface DirEntry {
  name: string;
  isFile: boolean;
  isDirectory: boolean;
  isSymlink: boolean;
}

/** A file's bytes. */
export function readFile(path: Place, { signal }: ReadFileOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  return rejectingAsDeno(async () => new Uint8Array(await fs.readFile(toPath(path), { signal })));
}

export function readFileSync(path: Place): Uint8Array<ArrayBuffer> {
  return throwingAsDeno(() => new Uint8Array(nodeReadFile(toPath(path))));
}

/** A file's text, in UTF-8. */
export function readTextFile(path: Place, { signal }: ReadFileOptions = {}): Promise<string> {
  return rejectingAsDeno(() => fs.readFile(toPath(path), { encoding: "utf8", signal }));
}

export function readTextFileSync(path: Place): string {
  return throwingAsDeno(() => nodeReadFile(toPath(path), "utf8"));
}

/** The entries of a folder, for `for await`. */
export async function* readDir(path: Place): AsyncGenerator<DirEntry, void> {
  const folder = await rejectingAsDeno(() => fs.opendir(toPath(path)));
  for await (const entry of folder) yield dirEntry(entry);
}

export function* readDirSync(path: Place): Generator<DirEntry, void> {
  const entries = throwingAsDeno(() => readdirSync(toPath(path), { withFileTypes: true }));
  for (const entry of entries) yield dirEntry(entry);
}

function dirEntry(entry: Dirent): DirEntry {
  return {
    name: entry.name,
    isFile: entry.isFile(),
    isDirectory: entry.isDirectory(),
    isSymlink: entry.isSymbolicLink(),
  };
}

/** Where a link leads. */
export function readLink(path: Place): Promise<string> {
  return rejectingAsDeno(() => fs.readlink(toPath(path)));
}

export function readLinkSync(path: Place): string {
  return throwingAsDeno(() => readlinkSync(toPath(path)));
}

/** A path without links and dots. */
export function realPath(path: Place): Promise<string> {
  return rejectingAsDeno(() => fs.realpath(toPath(path)));
}

export function realPathSync(path: Place): string {
  return throwingAsDeno(() => realpathSync(toPath(path)));
}
