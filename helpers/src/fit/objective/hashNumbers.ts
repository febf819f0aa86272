/**
 * A 53-bit hash of columns of numbers as 14 hexadecimal digits: equal columns give equal hashes on every platform.
 * It finds edited data; it is no protection against somebody who wants a collision.
 */
export function hashNumbers(columns: readonly Float64Array[]): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const column of columns) {
    const words = new Uint32Array(column.slice().buffer);
    high = Math.imul(high ^ words.length, 2654435761);
    for (let i = 0; i < words.length; i++) {
      high = Math.imul(high ^ words[i]!, 2654435761);
      low = Math.imul(low ^ words[i]!, 1597334677) ^ (high >>> 13);
    }
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return ((high >>> 0) * 2 ** 21 + (low >>> 11)).toString(16).padStart(14, "0");
}
