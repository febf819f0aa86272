import { createReadStream } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import zlib, { createGunzip } from "node:zlib";
import { describeReadFailure } from "../files/describeReadFailure.ts";
import { openOrdinary } from "../files/openOrdinary.ts";
import { shownPath } from "../files/shownPath.ts";

/** So much is read at once. */
const pieceLength = 1_048_576;

/**
 * The bytes of a file piece by piece; those of a .gz or .zst file unpacked, all its members one after the other.
 *
 * @throws Error in one line when the file cannot be read, is a pipe or a device, or is not packed so to its end
 */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  const isZstandard = /\.zst$/i.test(path);
  try {
    const file = createReadStream(path, { fd: openOrdinary(path), highWaterMark: pieceLength });
    if (isZstandard) yield* unpackZstandard(file);
    else
      yield* /\.gz$/i.test(path) ? pipeline(file, createGunzip({ chunkSize: pieceLength }), () => {}) : file;
  } catch (error) {
    throw new Error(describeFailure(path, error as NodeJS.ErrnoException, isZstandard), { cause: error });
  }
}

/** Node has its own, which looks at checksums, from version 22.15 on. */
async function* unpackZstandard(file: Readable): AsyncGenerator<Uint8Array> {
  if ("createZstdDecompress" in zlib) {
    const create = zlib.createZstdDecompress as typeof createGunzip;
    yield* pipeline(file, create(), () => {});
    return;
  }
  const { Decompress } = await import("fzstd");
  let pieces: Uint8Array[] = [];
  const unpacker = new Decompress((piece) => pieces.push(piece));
  let last: Uint8Array | undefined;
  for await (const bytes of file) {
    if (last) unpacker.push(last);
    last = bytes as Uint8Array;
    yield* pieces;
    pieces = [];
  }
  unpacker.push(last ?? new Uint8Array(), true);
  yield* pieces;
}

function describeFailure(path: string, error: NodeJS.ErrnoException, isZstandard: boolean): string {
  const { code, message } = error;
  if (isZstandard && (typeof code === "number" || /^ZSTD_|^Z_/.test(String(code))))
    return `${shownPath(path)} is not zstandard data to its end: ${message}; get the file again, or name it without .zst`;
  if (code === "Z_BUF_ERROR")
    return `${shownPath(path)} ends in the midst of its gzip data; get the file again`;
  if (code === "Z_DATA_ERROR" && !/header check/.test(message))
    return `${shownPath(path)} is damaged gzip data: ${message}; get the file again`;
  if (code?.startsWith("Z_"))
    return `${shownPath(path)} is not gzip data: ${message}; name it without .gz, or pack it`;
  return `${shownPath(path)} cannot be read: ${describeReadFailure(error)}`;
}
