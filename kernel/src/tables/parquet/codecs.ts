import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { CompressionCodec, Compressors } from "hyparquet";

/** How a column of each codec is unpacked; loaded when a file has one of them. */
export async function loadCodecs(): Promise<Compressors> {
  const { compressors } = await import("hyparquet-compressors");
  const { LZ4, LZ4_RAW, ZSTD } = compressors;
  return {
    LZ4,
    LZ4_RAW,
    ZSTD,
    // Node's own are faster, and end where a page unpacks to more than it says.
    GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: Math.max(1, length) }),
    BROTLI: (bytes, length) => brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, length) }),
  };
}

const read: readonly (CompressionCodec | undefined)[] = [
  "UNCOMPRESSED",
  "SNAPPY",
  "GZIP",
  "BROTLI",
  "ZSTD",
  "LZ4",
  "LZ4_RAW",
];

/** What to do with a column that is packed in a way nobody here unpacks; undefined where it can be read. */
export function whyNotUnpacked(codec: CompressionCodec | undefined): string | undefined {
  if (read.includes(codec)) return undefined;
  const name = codec === undefined ? "a codec that has no name" : `the codec ${codec}`;
  return `packed with ${name}, which is not read; write it with snappy, zstd or gzip`;
}
