/** What the codes of a file system mean for somebody who wants to write. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: "permission denied; choose another place, or change its permissions",
  EDQUOT: "the quota of the disk is used up; make room and try again",
  EEXIST: "a file stands where a folder is needed; choose another place",
  EFBIG: "it is larger than files may be there",
  EISDIR: "it is a folder; name a file in it",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  ENOENT: "there can be no such file there; choose another place",
  ENOSPC: "no space is left on the disk; make room and try again",
  ENOTDIR: "a file stands where a folder is needed; choose another place",
  EPERM: "permission denied; choose another place",
  EROFS: "the file system is read-only; choose another place",
};

/** A file that could not be written, in one line: which, why, and the way out. What stood there before still does. */
export class FileWriteError extends Error {
  override readonly name = "FileWriteError";
  /** The file system's code, such as `ENOSPC`. */
  readonly code: string | undefined;

  constructor(path: string, cause: unknown) {
    const { code, message } = cause as NodeJS.ErrnoException;
    super(`${path} cannot be written: ${meanings[code ?? ""] ?? message}`, { cause });
    this.code = code;
  }
}

/** A file that was not written because it is not what it was when it was read. */
export class FileChangedError extends Error {
  override readonly name = "FileChangedError";

  constructor(path: string) {
    super(`${path} was changed by somebody else meanwhile and is left as it is`);
  }
}
