import { shownPath } from "./shownPath.ts";
import { systemCause } from "./systemCauses.ts";

/** What the codes of a file system mean for somebody who wants to write. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: "permission denied; change its permissions or those of its folder, or choose another place",
  EEXIST: "a file stands where a folder is needed; choose another place",
  EISDIR: "it is a folder; name a file in it",
  ENOENT: "there can be no such file there; choose another place",
  ENOTDIR: "a file stands where a folder is needed; choose another place",
  EPERM: "permission denied, or it is locked against changes; unlock it, or choose another place",
};

/** A file that could not be written, in one line: which, why, and the way out. What stood there before still does. */
export class FileWriteError extends Error {
  override readonly name = "FileWriteError";
  /** The file system's code, such as `ENOSPC`. */
  readonly code: string | undefined;

  constructor(path: string, cause: unknown) {
    super(`${shownPath(path)} cannot be written: ${systemCause(cause as Error, meanings)}`, { cause });
    this.code = (cause as NodeJS.ErrnoException).code;
  }
}

/** A file that was not written because it is not what it was when it was read. */
export class FileChangedError extends Error {
  override readonly name = "FileChangedError";

  constructor(path: string) {
    super(`${shownPath(path)} was changed by somebody else meanwhile and is left as it is`);
  }
}
