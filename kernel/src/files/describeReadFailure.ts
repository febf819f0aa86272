const meanings: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EAGAIN: "it gives nothing now and may never do; copy what it has to a file first",
  EISDIR: "it is a folder; name a file in it",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  ENOENT: "there is no such file; check the path",
  ENOTDIR: "what should be its folder is a file; check the path",
  EPERM: "permission denied",
};

/** Why a file could not be read, in words of one line. */
export function describeReadFailure({ code, message }: NodeJS.ErrnoException): string {
  return meanings[code ?? ""] ?? message;
}
