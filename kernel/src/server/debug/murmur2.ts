/** MurmurHash2 of the UTF-8 bytes: front ends name a cell's source by it (`debugInfo` gives the seed). */
export function murmur2(text: string, seed: number): number {
  const data = new TextEncoder().encode(text);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const m = 0x5bd1e995;
  let h = seed ^ data.length;
  let at = 0;
  for (; data.length - at >= 4; at += 4) {
    let k = Math.imul(view.getUint32(at, true), m);
    k = Math.imul(k ^ (k >>> 24), m);
    h = Math.imul(h, m) ^ k;
  }
  const left = data.length - at;
  if (left > 0) {
    for (let i = left - 1; i >= 0; i--) h ^= (data[at + i] as number) << (8 * i);
    h = Math.imul(h, m);
  }
  h = Math.imul(h ^ (h >>> 13), m);
  return (h ^ (h >>> 15)) >>> 0;
}
