import { dirname } from "node:path";
import { FileChangedError, FileWriteError } from "../files/FileWriteError.ts";
import { placeOf } from "../files/placeOf.ts";
import { shownPath } from "../files/shownPath.ts";
import { removeOldTemporaries } from "../files/temporaryName.ts";
import { cleanNotebook } from "./cleanNotebook.ts";
import { findNotebooks } from "./findNotebooks.ts";
import { parseScript } from "./percent/parseScript.ts";
import { scriptKind } from "./percent/scriptKind.ts";
import { readNotebookText } from "./readNotebook.ts";
import { writeFileAtomically } from "./writeFileAtomically.ts";

/** What became of a notebook, or of a path that is none. */
export interface CleanedFile {
  readonly path: string;
  /** What was to change, in words; empty where the notebook was clean. */
  readonly changes: readonly string[];
  /** Why nothing could be done, in one line. */
  readonly failure?: string;
  /** Whether it failed only when it was to be written. */
  readonly isUnwritten?: boolean;
}

/**
 * Cleans notebooks in place: `cleanNotebook` for files and for folders of them. A file is written only if something
 * changes, whole or not at all; a path that cannot be used is told and the others are still done.
 *
 * @param paths `.ipynb` files and folders that hold some
 * @param isCheck whether to leave the files as they are and only say what would change
 */
export function* cleanNotebooks(paths: readonly string[], isCheck: boolean): Generator<CleanedFile> {
  for (const path of paths) {
    let found: string[] = [];
    try {
      found = findNotebooks(path);
    } catch (error) {
      yield { path, changes: [], failure: oneLine(error) };
    }
    if (!isCheck) for (const folder of new Set(found.map(folderOf))) removeOldTemporaries(folder);
    for (const file of found) yield cleanFile(file, isCheck);
  }
}

/** Where a file is written: beside what its links lead to. */
function folderOf(file: string): string {
  try {
    return dirname(placeOf(file).path);
  } catch {
    return dirname(file);
  }
}

function cleanFile(path: string, isCheck: boolean): CleanedFile {
  try {
    const before = readNotebookText(path);
    // A script has nothing that a run leaves; whether it is one is all that can be said.
    if (scriptKind(path)) {
      parseScript(before, path);
      return { path, changes: [] };
    }
    const { text, changes } = cleanNotebook(before, path);
    if (changes.length > 0 && !isCheck) writeFileAtomically(path, text, { ifStill: before });
    return { path, changes };
  } catch (error) {
    const isUnwritten = error instanceof FileWriteError || error instanceof FileChangedError;
    const failure = isForbidden(error) ? readOnly(path) : oneLine(error);
    return { path, changes: [], failure, ...(isUnwritten && { isUnwritten }) };
  }
}

const isForbidden = (error: unknown) =>
  error instanceof FileWriteError && ["EACCES", "EPERM", "EROFS"].includes(error.code ?? "");
const readOnly = (path: string) =>
  `${shownPath(path)} cannot be cleaned: it, or its folder, may be read but not written; change its permissions, or clean a copy`;

const oneLine = (error: unknown) => (error as Error).message.replace(/\s*\n\s*/g, " ");
