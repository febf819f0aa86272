import { systemCause } from "./systemCauses.ts";

const meanings: Readonly<Record<string, string>> = {
  EACCES: "permission denied; change its permissions or those of its folder",
  EAGAIN: "it gives nothing now and may never do; copy what it has to a file first",
  EISDIR: "it is a folder; name a file in it",
  ENOENT: "there is no such file; check the path",
  ENOTDIR: "what should be its folder is a file; check the path",
  EPERM: "permission denied; change its permissions or those of its folder",
};

/** Why a file could not be read, in words of one line. */
export function describeReadFailure(error: NodeJS.ErrnoException): string {
  return systemCause(error, meanings);
}
