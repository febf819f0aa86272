import * as sync from "node:fs";
import { Readable, Writable } from "node:stream";
import { type FileInfo, fileInfo } from "./fileInfo.ts";
import { type Place, toPath } from "./paths.ts";
import { rejectingAsDeno, throwingAsDeno } from "./throwing.ts";

/** How a file is opened; without a word, for reading. */
export interface OpenOptions {
  read?: boolean;
  write?: boolean;
  append?: boolean;
  truncate?: boolean;
  create?: boolean;
  createNew?: boolean;
  mode?: number;
}

/** From where `seek` counts. */
export const SeekMode = { Start: 0, Current: 1, End: 2 } as const;
export type SeekMode = (typeof SeekMode)[keyof typeof SeekMode];

/** An open file. `using` closes it. */
export class FsFile implements Disposable {
  readonly #descriptor: number;
  readonly #appends: boolean;
  #place = 0;
  #isClosed = false;
  #readable: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #writable: WritableStream<Uint8Array<ArrayBufferLike>> | undefined;

  constructor(descriptor: number, appends: boolean) {
    this.#descriptor = descriptor;
    this.#appends = appends;
  }

  /** The rest of the file as a stream, which closes it at its end. */
  get readable(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const options = { fd: this.#descriptor, start: this.#place, autoClose: true };
    this.#readable ??= Readable.toWeb(sync.createReadStream("", options)) as ReadableStream<
      Uint8Array<ArrayBuffer>
    >;
    return this.#readable;
  }

  /** A stream into the file, which closes it at its end. */
  get writable(): WritableStream<Uint8Array<ArrayBufferLike>> {
    const start = this.#appends ? {} : { start: this.#place };
    const options = { fd: this.#descriptor, ...start, autoClose: true };
    this.#writable ??= Writable.toWeb(sync.createWriteStream("", options)) as WritableStream<
      Uint8Array<ArrayBufferLike>
    >;
    return this.#writable;
  }

  /** Fills the buffer as far as there is something; null at the end of the file. */
  async read(into: Uint8Array): Promise<number | null> {
    return this.readSync(into);
  }

  readSync(into: Uint8Array): number | null {
    return throwingAsDeno(() => {
      if (into.length === 0) return 0;
      const count = sync.readSync(this.#descriptor, into, 0, into.length, this.#place);
      this.#place += count;
      return count === 0 ? null : count;
    });
  }

  /** Writes some or all of the bytes; says how many. */
  async write(bytes: Uint8Array): Promise<number> {
    return this.writeSync(bytes);
  }

  writeSync(bytes: Uint8Array): number {
    return throwingAsDeno(() => {
      const at = this.#appends ? null : this.#place;
      const count = sync.writeSync(this.#descriptor, bytes, 0, bytes.length, at);
      this.#place += count;
      return count;
    });
  }

  /** Goes to a place, which it gives back, in bytes from the start. */
  async seek(offset: number | bigint, whence: SeekMode): Promise<number> {
    return this.seekSync(offset, whence);
  }

  seekSync(offset: number | bigint, whence: SeekMode): number {
    const from = {
      [SeekMode.Start]: 0,
      [SeekMode.Current]: this.#place,
      [SeekMode.End]: this.statSync().size,
    };
    const place = from[whence] + Number(offset);
    if (!(place >= 0)) throw new TypeError(`seek: ${place} is before the start of the file`);
    this.#place = place;
    return place;
  }

  async truncate(length = 0): Promise<void> {
    this.truncateSync(length);
  }

  truncateSync(length = 0): void {
    throwingAsDeno(() => sync.ftruncateSync(this.#descriptor, length));
  }

  async stat(): Promise<FileInfo> {
    return this.statSync();
  }

  statSync(): FileInfo {
    return throwingAsDeno(() => fileInfo(sync.fstatSync(this.#descriptor)));
  }

  async sync(): Promise<void> {
    this.syncSync();
  }

  syncSync(): void {
    throwingAsDeno(() => sync.fsyncSync(this.#descriptor));
  }

  isTerminal(): boolean {
    return false;
  }

  close(): void {
    if (this.#isClosed || this.#readable || this.#writable) return; // a stream closes its file itself
    this.#isClosed = true;
    sync.closeSync(this.#descriptor);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Opens a file, by default for reading. */
export function open(path: Place, options?: OpenOptions): Promise<FsFile> {
  return rejectingAsDeno(async () => openSync(path, options));
}

export function openSync(path: Place, options: OpenOptions = { read: true }): FsFile {
  return throwingAsDeno(() => {
    const descriptor = sync.openSync(toPath(path), flagsOf(options), options.mode);
    return new FsFile(descriptor, options.append === true);
  });
}

function flagsOf({ read = false, write, append, truncate, create, createNew }: OpenOptions): number {
  const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } = sync.constants;
  const writes = write || append;
  if (!read && !writes) throw new TypeError("open: one of read, write and append must be true");
  if ((create || createNew || truncate) && !writes)
    throw new TypeError("open: create, createNew and truncate need write or append");
  return (
    (writes ? (read ? O_RDWR : O_WRONLY) : O_RDONLY) |
    (append ? O_APPEND : 0) |
    (truncate ? O_TRUNC : 0) |
    (create || createNew ? O_CREAT : 0) |
    (createNew ? O_EXCL : 0)
  );
}

/** Makes a file, or empties it, and opens it for reading and writing. */
export function create(path: Place): Promise<FsFile> {
  return open(path, { read: true, write: true, truncate: true, create: true });
}

export function createSync(path: Place): FsFile {
  return openSync(path, { read: true, write: true, truncate: true, create: true });
}
