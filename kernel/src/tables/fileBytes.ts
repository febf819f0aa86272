import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * The bytes of a file piece by piece; those of a .gz file unpacked, all its members one after the other.
 *
 * @throws Error in one line when the file cannot be read, or is no gzip data to its end
 */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  try {
    yield* /\.gz$/i.test(path) ? pipeline(file, createGunzip(), () => {}) : file;
  } catch (error) {
    throw new Error(describeFailure(path, error as NodeJS.ErrnoException), { cause: error });
  }
}

function describeFailure(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === "EISDIR") return `${path} is a folder; name a file in it`;
  if (code === "EACCES") return `${path} must not be read: permission denied`;
  if (code === "Z_BUF_ERROR") return `${path} ends in the midst of its gzip data; get the file again`;
  if (code?.startsWith("Z_")) return `${path} is not gzip data: ${message}; name it without .gz, or pack it`;
  return `${path} cannot be read: ${message}`;
}
