import { parseDecimal } from "isoflop-datasets/csv";
import { type NumberStyle, plainNumber, plainStyle } from "./NumberStyle.ts";
import { unscaled } from "./suffix.ts";

/**
 * A cell as a number: decimal notation, with blanks around, single underscores between digits and a suffix (7B is 7e9), or
 * "Infinity". Anything else is NaN: an empty cell, 0x10, 1__0, 12 %, 7m.
 *
 * @param style how the file writes its numbers, where that is not 1234.5
 */
export function numberOf(value: unknown, style: NumberStyle = plainStyle): number {
  if (typeof value === "string") {
    const number = style === plainStyle ? parseDecimal(value) : Number.NaN;
    return Number.isNaN(number) ? decorated(value.trim(), style) : number;
  }
  if (typeof value === "number") return value;
  return typeof value === "bigint" ? Number(value) : Number.NaN;
}

function decorated(text: string, style: NumberStyle): number {
  if (/^[+-]?Infinity$/.test(text)) return Number(text);
  const { number, exponent } = unscaled(text);
  const plain = plainNumber(number, style);
  if (plain === undefined) return Number.NaN;
  // As one text, so that 7.1B is the double nearest to 7.1e9.
  return exponent === 0 ? parseDecimal(plain) : parseDecimal(`${plain}e${exponent}`);
}

const groups = /^[+-]?\d{1,3}(?:(,|\.|'|’|\s)\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/;

/** Why a text is no number, as far as the text shows it. */
export function whyNoNumber(text: string): string {
  const cell = text.trim();
  if (/\d\s*%$/.test(cell)) return "not a number; a percentage is written as a share";
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(cell)) {
    const [plain, decimal] = [cell.replace(",", ""), cell.replace(",", ".")];
    return `not a number: ${plain} or ${decimal}? say --decimal point or --decimal comma; thousands are not separated, and a decimal comma is written as a point`;
  }
  if (groups.test(cell)) return "not a number; thousands are not separated";
  if (/^[+-]?\d[\d.\s]*,\d+$/.test(cell)) return "not a number; a decimal comma is written as a point";
  if (/^[\u2212\u2012-\u2014]\s*[\d.]/u.test(cell)) return "not a number; a minus is written -";
  if (/^[+-]?\d[\d.,]*\s*[mgt]$/.test(cell))
    return "not a number: a lower-case suffix is not read; write M, G or T";
  if (/^[+-]?\d[\d.,]*\s*[A-Za-z]+$/.test(cell))
    return "not a number; of suffixes k, M, B (or G) and T are read, and 7B is written 7e9";
  if (/^0[xob]/i.test(cell)) return "not a number in decimal notation";
  return "not a number";
}
