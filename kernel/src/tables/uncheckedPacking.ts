import zlib from "node:zlib";

/** Whether a file is unpacked by a library that does not compare its checksum: zstandard in Node before 22.15. */
export const isUnchecked = (path: string) => /\.zst$/i.test(path) && !("createZstdDecompress" in zlib);
