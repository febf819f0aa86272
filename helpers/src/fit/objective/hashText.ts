/**
 * A 53-bit hash of a text as 14 hexadecimal digits, the same on every platform. It finds edits and damage; it is no
 * protection against somebody who writes a new hash beside the edit.
 */
export function hashText(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    high = Math.imul(high ^ text.charCodeAt(i), 2654435761);
    low = Math.imul(low ^ text.charCodeAt(i), 1597334677) ^ (high >>> 13);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return ((high >>> 0) * 2 ** 21 + (low >>> 11)).toString(16).padStart(14, "0");
}
