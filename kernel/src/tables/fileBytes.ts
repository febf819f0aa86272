import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { describeReadFailure } from "../files/describeReadFailure.ts";
import { openOrdinary } from "../files/openOrdinary.ts";
import { shownPath } from "../files/shownPath.ts";

/**
 * The bytes of a file piece by piece; those of a .gz file unpacked, all its members one after the other.
 *
 * @throws Error in one line when the file cannot be read, is a pipe or a device, or is no gzip data to its end
 */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    const file = createReadStream(path, { fd: openOrdinary(path) });
    yield* /\.gz$/i.test(path) ? pipeline(file, createGunzip(), () => {}) : file;
  } catch (error) {
    throw new Error(describeFailure(path, error as NodeJS.ErrnoException), { cause: error });
  }
}

function describeFailure(path: string, error: NodeJS.ErrnoException): string {
  const { code, message } = error;
  if (code === "Z_BUF_ERROR")
    return `${shownPath(path)} ends in the midst of its gzip data; get the file again`;
  if (code?.startsWith("Z_"))
    return `${shownPath(path)} is not gzip data: ${message}; name it without .gz, or pack it`;
  return `${shownPath(path)} cannot be read: ${describeReadFailure(error)}`;
}
