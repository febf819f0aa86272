import { closeSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describeReadFailure } from "../../files/describeReadFailure.ts";
import { FileWriteError } from "../../files/FileWriteError.ts";
import { showAs } from "../../files/shownPath.ts";

/** What messages call it. */
const name = "standard input";

/** A stream may never end; twenty million rows, the most that are read, have less. */
const mostBytes = 4 * 2 ** 30;

/** A copy of what came on standard input. */
export interface SpooledInput {
  readonly path: string;
  remove(): void;
}

/**
 * Copies standard input to a file of its own, for readers that go back to the beginning, or read the end first. Packed
 * data is recognised by its first bytes, and unpacked when it is read.
 *
 * @param onBytes called with the bytes read so far
 * @throws Error in one line where it cannot be read, or does not end
 */
export async function spoolStandardInput(
  { signal, onBytes }: { signal?: AbortSignal; onBytes?: (bytes: number) => void } = {},
  stream: AsyncIterable<Uint8Array> = process.stdin,
): Promise<SpooledInput> {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-"));
  const remove = () => {
    process.off("exit", remove);
    rmSync(folder, { recursive: true, force: true });
  };
  // A second Ctrl-C ends the program at once.
  process.once("exit", remove);
  const path = join(folder, "input");
  try {
    const first = await copy(stream, path, signal, onBytes);
    const named = `${path}${packingOf(first)}`;
    if (named !== path) renameSync(path, named);
    showAs(named, name);
    return { path: named, remove };
  } catch (error) {
    // A stream that somebody holds open would hold the program.
    if (stream instanceof Readable) stream.destroy();
    remove();
    throw error;
  }
}

/** How data that begins so is packed, as the end of a file's name says it. */
function packingOf(first: Uint8Array): "" | ".gz" | ".zst" {
  const begins = (...bytes: number[]) => bytes.every((byte, k) => first[k] === byte);
  if (begins(0x1f, 0x8b)) return ".gz";
  return begins(0x28, 0xb5, 0x2f, 0xfd) ? ".zst" : "";
}

/** Returns the first bytes. */
async function copy(
  stream: AsyncIterable<Uint8Array>,
  path: string,
  signal: AbortSignal | undefined,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<Uint8Array> {
  const file = openSync(path, "wx", 0o600);
  let first: Uint8Array = new Uint8Array();
  let size = 0;
  try {
    for await (const bytes of abortable(stream, signal)) {
      if (first.length < 4) first = Buffer.concat([first, bytes.subarray(0, 4)]);
      size += bytes.length;
      if (size > mostBytes)
        throw new Error(
          `${name} gave more than ${mostBytes} bytes and goes on; write a sample of it to a file`,
        );
      write(file, bytes, path);
      onBytes?.(size);
    }
  } finally {
    closeSync(file);
  }
  return first;
}

async function* abortable(
  stream: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {});
  const pieces = stream[Symbol.asyncIterator]();
  for (;;) {
    let piece: IteratorResult<Uint8Array>;
    try {
      piece = await Promise.race([pieces.next(), aborted]);
    } catch (error) {
      signal?.throwIfAborted();
      throw new Error(`${name} cannot be read: ${describeReadFailure(error as Error)}`, { cause: error });
    }
    if (piece.done) return;
    yield piece.value;
  }
}

function write(file: number, bytes: Uint8Array, path: string): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    throw new FileWriteError(path, error);
  }
}
