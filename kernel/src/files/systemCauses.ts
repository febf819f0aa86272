import { getSystemErrorMap } from "node:util";

/** What the codes of a file system mean, whatever was done, and the way out where there is one. */
const causes: Readonly<Record<string, string>> = {
  EAGAIN: "it is busy; try again",
  EBUSY: "another program holds it; close that and try again",
  EDQUOT: "the quota of the disk is used up; make room and try again",
  EFBIG: "it is larger than files may be there",
  EINVAL: "such a name, or such a use, is not possible there; choose another place",
  EIO: "the disk, or the network to it, failed; check it and try again",
  ELOOP: "its symbolic links lead in a circle, or are too many; mend them, or name what they should lead to",
  EMFILE: "this program may open no more files; raise the limit, as by ulimit -n 4096, and try again",
  ENAMETOOLONG: "its name is too long; choose a shorter one",
  ENFILE: "this machine may open no more files; close some programs and try again",
  ENODEV: "its device is not there; check the path",
  ENOMEM: "this machine is out of memory; close some programs and try again",
  ENOSPC: "no space is left on the disk; make room and try again",
  ENXIO: "nothing is at its other end; check the path",
  EROFS: "the file system is read-only; choose another place",
  ESTALE: "the network folder it is in has gone; mount it anew and try again",
  ETIMEDOUT: "the network folder it is in does not answer; check it and try again",
  ETXTBSY: "it is a program that is running; end that and try again",
};

/** Why a file system refused, in one line without codes and calls, as far as they are known. */
export function systemCause(
  { code = "", errno, message }: NodeJS.ErrnoException,
  meanings: Readonly<Record<string, string>> = {},
): string {
  const known = meanings[code] ?? causes[code];
  if (known !== undefined) return known;
  const text = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
  return text === undefined ? message.replace(/\s+/g, " ") : `${text} (${code})`;
}

/** Whether an error comes from the file system as it is, in no words for people yet. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === "string";
