import { expect, test } from "vitest";
import { murmur2 } from "../../../src/server/debug/murmur2.ts";

/** MurmurHash2 as published by Austin Appleby, in exact arithmetic of big integers. */
function reference(text: string, seed: bigint): bigint {
  const m = 0x5bd1e995n;
  const wrap = (value: bigint) => value & 0xffffffffn;
  const data = [...new TextEncoder().encode(text)].map(BigInt);
  let h = wrap(seed ^ BigInt(data.length));
  let at = 0;
  for (; data.length - at >= 4; at += 4) {
    let k = 0n;
    for (let i = 3; i >= 0; i--) k = (k << 8n) | (data[at + i] as bigint);
    k = wrap(k * m);
    k = wrap((k ^ (k >> 24n)) * m);
    h = wrap(h * m) ^ k;
  }
  if (at < data.length) {
    data.slice(at).forEach((byte, i) => {
      h ^= byte << BigInt(8 * i);
    });
    h = wrap(h * m);
  }
  h = wrap((h ^ (h >> 13n)) * m);
  return h ^ (h >> 15n);
}

test.each(["", "a", "ab", "abc", "abcd", "const x = 1;\nx", "π ≈ 3.14159 😀"])(
  "the hash of %j is Murmur2",
  (text) => {
    expect(BigInt(murmur2(text, 0xc70f6907))).toBe(reference(text, 0xc70f6907n));
  },
);
