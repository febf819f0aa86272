import { parseDecimal } from "isoflop-datasets/csv";

/**
 * A cell as a number: decimal notation, with blanks around and single underscores between digits, or "Infinity".
 * Anything else is NaN: an empty cell, 0x10, 1__0, 12 %, 7B.
 */
export function numberOf(value: unknown): number {
  if (typeof value === "string") {
    const number = parseDecimal(value);
    return Number.isNaN(number) ? decorated(value.trim()) : number;
  }
  if (typeof value === "number") return value;
  return typeof value === "bigint" ? Number(value) : Number.NaN;
}

function decorated(text: string): number {
  if (/^[+-]?Infinity$/.test(text)) return Number(text);
  return parseDecimal(text.replace(/(?<=\d)_(?=\d)/g, ""));
}

/** Why a text is no number, as far as the text shows it. */
export function whyNoNumber(text: string): string {
  const cell = text.trim();
  if (/\d\s*%$/.test(cell)) return "not a number; a percentage is written as a share";
  const isGrouped = /^[+-]?\d{1,3}(?:(,|\.|'|’|\s)\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/.test(cell);
  const hasComma = /^[+-]?\d[\d.\s]*,\d+$/.test(cell);
  if (isGrouped && !/^[^,]*,\d{3}$/.test(cell)) return "not a number; thousands are not separated";
  if (isGrouped)
    return "not a number; thousands are not separated, and a decimal comma is written as a point";
  if (hasComma) return "not a number; a decimal comma is written as a point";
  if (/^\d[\d.]*\s*[kmbt]$/i.test(cell)) return "not a number; 7B is written 7e9";
  if (/^0[xob]/i.test(cell)) return "not a number in decimal notation";
  return "not a number";
}
