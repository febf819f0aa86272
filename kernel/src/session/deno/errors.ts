/** The errors that Deno's functions throw, by the names Deno gives them. Each keeps the `code` Node gave it. */
class DenoError extends Error {
  /** What the system calls it, as `ENOENT`. */
  readonly code: string | undefined;

  constructor(message?: string, options?: ErrorOptions & { code?: string | undefined }) {
    super(message, options);
    this.name = new.target.name;
    this.code = options?.code;
  }
}

export class NotFound extends DenoError {}
export class PermissionDenied extends DenoError {}
export class NotCapable extends DenoError {}
export class AlreadyExists extends DenoError {}
export class IsADirectory extends DenoError {}
export class NotADirectory extends DenoError {}
export class FilesystemLoop extends DenoError {}
export class InvalidData extends DenoError {}
export class Interrupted extends DenoError {}
export class TimedOut extends DenoError {}
export class BadResource extends DenoError {}
export class Busy extends DenoError {}
export class BrokenPipe extends DenoError {}
export class ConnectionRefused extends DenoError {}
export class ConnectionReset extends DenoError {}
export class ConnectionAborted extends DenoError {}
export class NotConnected extends DenoError {}
export class AddrInUse extends DenoError {}
export class AddrNotAvailable extends DenoError {}
export class NetworkUnreachable extends DenoError {}
export class WouldBlock extends DenoError {}
export class WriteZero extends DenoError {}
export class UnexpectedEof extends DenoError {}
export class Http extends DenoError {}
export class NotSupported extends DenoError {}
