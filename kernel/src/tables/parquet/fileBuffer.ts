import { read } from "node:fs";
import { promisify } from "node:util";
import type { AsyncBuffer } from "hyparquet";

const readAt = promisify(read);

/**
 * An open file as the Parquet reader takes it. Where a damaged file leads outside itself that is thrown at once; the
 * reader's own access to files then gives no answer at all.
 */
export function fileBuffer(file: number, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    slice(start, end = byteLength) {
      if (!(start >= 0 && start <= end && end <= byteLength)) {
        throw new Error(`it leads to bytes that the file of ${byteLength} has not`);
      }
      const bytes = readBytes(file, start, end - start);
      // The reader asks for some bytes ahead and may never look at them.
      bytes.catch(() => {});
      return bytes;
    },
  };
}

async function readBytes(file: number, start: number, length: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await readAt(file, bytes, at, length - at, start + at);
    if (bytesRead === 0) throw new Error("the file became shorter while it was read");
    at += bytesRead;
  }
  return bytes.buffer;
}
