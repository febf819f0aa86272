interface Signature {
  /** The first bytes; undefined stands for any. */
  readonly bytes: readonly (number | undefined)[];
  readonly advice: string;
}

const signatures: readonly Signature[] = [
  { bytes: [0x1f, 0x8b], advice: "this is gzip data; name the file .csv.gz, or unpack it" },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    advice: "this is a zip archive (a spreadsheet?); save the sheet as CSV, or unpack the archive",
  },
  { bytes: [0x50, 0x4b, 0x05, 0x06], advice: "this is an empty zip archive" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], advice: "this is zstandard data; name the file .csv.zst, or unpack it" },
  { bytes: [0x42, 0x5a, 0x68, undefined, 0x31, 0x41, 0x59, 0x26], advice: "this is bzip2 data; unpack it" },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], advice: "this is xz data; unpack it" },
  { bytes: [0x50, 0x41, 0x52, 0x31, 0x15], advice: "this is a Parquet file; name it .parquet" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], advice: "this is an old Excel workbook; save the sheet as CSV" },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], advice: "this is a PDF; save the table as CSV" },
  {
    bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31, 0x00, 0x00],
    advice: "this is an Arrow file; save it as Parquet or CSV",
  },
  {
    bytes: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a],
    advice: "this is HDF5 data; save the table as CSV or Parquet",
  },
  {
    bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
    advice: "this is a NumPy array; save it as CSV, with a header",
  },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], advice: "this is a 7z archive; unpack it" },
  { bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], advice: "this is a RAR archive; unpack it" },
  { bytes: [0x04, 0x22, 0x4d, 0x18], advice: "this is lz4 data; unpack it" },
  { bytes: [0x89, 0x50, 0x4e, 0x47], advice: "this is an image (PNG), not the table it may show" },
  { bytes: [0xff, 0xd8, 0xff], advice: "this is an image (JPEG), not the table it may show" },
  {
    bytes: [0x47, 0x49, 0x46, 0x38, undefined, 0x61],
    advice: "this is an image (GIF), not the table it may show",
  },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], advice: "this is a program (ELF)" },
  { bytes: [0xff, 0xfe, 0x00, 0x00], advice: "this is UTF-32; save the file as UTF-8" },
  { bytes: [0x00, 0x00, 0xfe, 0xff], advice: "this is UTF-32; save the file as UTF-8" },
];

/** So many bytes tell a text from the usual binary files. */
export const signatureLength = 8;

/** What to do with a file that starts so and is no text; undefined where it may be text. */
export function whyNoText(start: Uint8Array): string | undefined {
  return signatures.find(({ bytes }) => bytes.every((byte, k) => byte === undefined || start[k] === byte))
    ?.advice;
}
