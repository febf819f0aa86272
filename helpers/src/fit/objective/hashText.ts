import { hashNumbers } from "./hashNumbers.ts";

/** `hashNumbers` of a text's UTF-16 units: it finds edits and damage, and is no protection against a forger who hashes, too. */
export function hashText(text: string): string {
  return hashNumbers([Float64Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))]);
}
