/** Powers of ten that stand behind a number; lower-case m, g and t may be milli, grams and tonnes. */
const exponents: Readonly<Record<string, number>> = { k: 3, K: 3, M: 6, b: 9, B: 9, G: 9, T: 12 };

const suffixed = /^([^A-Za-z]*\d[.,]?)[ \u00a0\u202f]?([kKMbBGT])$/;

/** A number without its suffix, and the power of ten that the suffix stands for: 0 where there is none. */
export function unscaled(text: string): { number: string; exponent: number } {
  const [, number, letter] = suffixed.exec(text) ?? [];
  return number === undefined ? { number: text, exponent: 0 } : { number, exponent: exponents[letter!]! };
}

/** Whether a cell that is a number ends with a suffix; cheap, since every cell of a file is asked. */
export function hasSuffix(cell: string): boolean {
  const last = cell.charCodeAt(cell.length - 1);
  return last > 57 ? unscaled(cell.trim()).exponent > 0 : last <= 32 && unscaled(cell.trim()).exponent > 0;
}
