import * as errors from "./errors.ts";

const byCode: Record<string, typeof errors.NotFound> = {
  ENOENT: errors.NotFound,
  EACCES: errors.PermissionDenied,
  EPERM: errors.PermissionDenied,
  EROFS: errors.PermissionDenied,
  EEXIST: errors.AlreadyExists,
  ERR_FS_CP_EEXIST: errors.AlreadyExists,
  EISDIR: errors.IsADirectory,
  ERR_FS_EISDIR: errors.IsADirectory,
  ENOTDIR: errors.NotADirectory,
  ELOOP: errors.FilesystemLoop,
  EINTR: errors.Interrupted,
  ETIMEDOUT: errors.TimedOut,
  EBADF: errors.BadResource,
  EBUSY: errors.Busy,
  ETXTBSY: errors.Busy,
  EPIPE: errors.BrokenPipe,
  ECONNREFUSED: errors.ConnectionRefused,
  ECONNRESET: errors.ConnectionReset,
  ECONNABORTED: errors.ConnectionAborted,
  ENOTCONN: errors.NotConnected,
  EADDRINUSE: errors.AddrInUse,
  EADDRNOTAVAIL: errors.AddrNotAvailable,
  ENETUNREACH: errors.NetworkUnreachable,
  EAGAIN: errors.WouldBlock,
  ENOTSUP: errors.NotSupported,
};

function translated(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const Kind = typeof code === "string" ? byCode[code] : undefined;
  return Kind ? new Kind(message, { cause: error, code }) : error;
}

/** What the work gives; what it throws as Deno calls it. */
export function throwingAsDeno<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

/** The same for work that takes its time. */
export async function rejectingAsDeno<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}
