import { existsSync, writeFileSync as nodeWriteFile } from "node:fs";
import fs from "node:fs/promises";
import { NotFound } from "./errors.ts";
import { type Place, toPath } from "./paths.ts";
import { rejectingAsDeno, throwingAsDeno } from "./throwing.ts";

/** How a file is written. */
export interface WriteFileOptions {
  /** Behind what is there. */
  append?: boolean;
  /** By default a file that is missing is made. */
  create?: boolean;
  /** It must not be there yet. */
  createNew?: boolean;
  mode?: number;
  signal?: AbortSignal;
}

/** Writes bytes, or what a stream brings, into a file. */
export function writeFile(
  path: Place,
  data: Uint8Array | ReadableStream<Uint8Array>,
  options: WriteFileOptions = {},
): Promise<void> {
  return rejectingAsDeno(() => fs.writeFile(toPath(path), data as Uint8Array, nodeOptions(path, options)));
}

export function writeFileSync(path: Place, data: Uint8Array, options: WriteFileOptions = {}): void {
  throwingAsDeno(() => nodeWriteFile(toPath(path), data, nodeOptions(path, options)));
}

/** Writes text, or what a stream brings, into a file, in UTF-8. */
export function writeTextFile(
  path: Place,
  data: string | ReadableStream<string>,
  options: WriteFileOptions = {},
): Promise<void> {
  return rejectingAsDeno(() => fs.writeFile(toPath(path), data as string, nodeOptions(path, options)));
}

export function writeTextFileSync(path: Place, data: string, options: WriteFileOptions = {}): void {
  throwingAsDeno(() => nodeWriteFile(toPath(path), data, nodeOptions(path, options)));
}

function nodeOptions(path: Place, { append, create = true, createNew, mode, signal }: WriteFileOptions) {
  if (!create && !createNew && !existsSync(toPath(path)))
    throw new NotFound(`no such file, and create is false: ${toPath(path)}`);
  const flag = (append ? "a" : "w") + (createNew ? "x" : "");
  return { flag, ...(mode !== undefined && { mode }), ...(signal && { signal }) };
}
