/** An encoding of text, as far as reading it in pieces needs to know it. */
export interface Encoding {
  readonly label: "utf-8" | "utf-16le" | "utf-16be";
  /** How many bytes at the end begin a character that goes on in the next piece. */
  unfinished(bytes: Uint8Array): number;
  /** What to say of a place that cannot be decoded. */
  fault(byte: number): string;
}

const utf8: Encoding = {
  label: "utf-8",
  unfinished(bytes) {
    for (let back = 1; back <= 3 && back <= bytes.length; back++) {
      const byte = bytes[bytes.length - back]!;
      if ((byte & 0xc0) === 0x80) continue;
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      return length > back ? back : 0;
    }
    return 0;
  },
  fault: (byte) =>
    `byte 0x${byte.toString(16).toUpperCase()} is no UTF-8 (is the file Latin-1?); save it as UTF-8`,
};

/** @param high which byte of a unit is the high one */
const utf16 = (label: "utf-16le" | "utf-16be", high: 0 | 1): Encoding => ({
  label,
  unfinished(bytes) {
    const odd = bytes.length % 2;
    const last = bytes.length - odd - 2;
    const isHalf = last >= 0 && (bytes[last + high]! & 0xfc) === 0xd8;
    return odd + (isHalf ? 2 : 0);
  },
  fault: () => "half a UTF-16 character stands here; the file is damaged",
});

/** UTF-16 by its mark, or by every other byte of the first four being zero, as in no other text; else UTF-8. */
export function encodingOf([a, b, c, d]: Uint8Array): Encoding {
  if ((a === 0xff && b === 0xfe) || (a && b === 0 && c && d === 0)) return utf16("utf-16le", 1);
  if ((a === 0xfe && b === 0xff) || (a === 0 && b && c === 0 && d)) return utf16("utf-16be", 0);
  return utf8;
}

/** Decodes bytes that begin and end with whole characters; where they do not, gives the place of the first that is none. */
export function decode(bytes: Uint8Array, encoding: Encoding): { text: string; badAt?: number } {
  // A new decoder each time: after an error its state is not specified.
  const decoder = () => new TextDecoder(encoding.label, { fatal: true, ignoreBOM: true });
  try {
    return { text: decoder().decode(bytes) };
  } catch {
    let [good, bad] = [0, bytes.length];
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      try {
        // As a stream, so that a character cut at the middle is no error.
        decoder().decode(bytes.subarray(0, middle), { stream: true });
        good = middle;
      } catch {
        bad = middle;
      }
    }
    const badAt = good - encoding.unfinished(bytes.subarray(0, good));
    return { text: decoder().decode(bytes.subarray(0, badAt)), badAt };
  }
}
