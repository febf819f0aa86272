import { shownPath } from "../../files/shownPath.ts";
import { fileBytes } from "../fileBytes.ts";
import { maskedCrc32c } from "./crc32c.ts";

/** The longest record: an image or a graph may be large, what is larger still is no length but damage. */
const longest = 268_435_456;

/**
 * Hands over the records of a TFRecord file. Each has its length and its bytes, both with a checksum.
 *
 * @returns how many there were, and whether the file ends in the midst of one, as one that is still written does
 * @throws Error naming record and byte where a checksum does not hold
 */
export async function forEachTfRecord(
  path: string,
  take: (bytes: Uint8Array, record: number) => void,
): Promise<{ records: number; isCut: boolean }> {
  let pending = Buffer.alloc(0);
  let at = 0;
  let records = 0;
  const refuse = (what: string): never => {
    const name = shownPath(path);
    if (records === 0)
      throw new Error(
        `${name} is no TensorBoard event file, or is damaged at its start: ${what}; name it by its kind, or get it again`,
      );
    throw new Error(
      `${name} is damaged: the ${what} of record ${records + 1}, at byte ${at}; get the file again`,
    );
  };
  for await (const bytes of fileBytes(path)) {
    pending = pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([pending, bytes]);
    let from = 0;
    while (pending.length - from >= 12) {
      const head = pending.subarray(from, from + 8);
      if (pending.readUInt32LE(from + 8) !== maskedCrc32c(head))
        refuse("checksum of the length does not hold");
      const length = Number(head.readBigUInt64LE(0));
      if (length > longest) refuse(`length is ${length} bytes, more than ${longest}`);
      if (pending.length - from < 16 + length) break;
      const data = pending.subarray(from + 12, from + 12 + length);
      if (pending.readUInt32LE(from + 12 + length) !== maskedCrc32c(data)) refuse("checksum does not hold");
      take(data, records + 1);
      records += 1;
      from += 16 + length;
      at += 16 + length;
    }
    pending = pending.subarray(from);
  }
  if (records === 0 && pending.length > 0) refuse("it ends within its first record");
  return { records, isCut: pending.length > 0 };
}
