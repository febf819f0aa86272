import { nestedKind } from "./nestedKind.ts";

/** What stands in a cell of texts, and of what kind it is: the number 1 and the text "1" read alike. */
export interface CellText {
  readonly kind: "text" | "number" | "truth value" | "bytes";
  readonly text: string;
}

/**
 * A cell as a text, different for different values of one kind.
 *
 * @param written the cell as the file writes it, where a number may be rounded
 * @returns in place of a text, what holds others: "an object"
 */
export function cellText(value: unknown, written?: () => string): CellText | string {
  if (value === undefined || value === null) return { kind: "text", text: "" };
  if (typeof value === "string") return { kind: "text", text: value };
  if (typeof value === "boolean") return { kind: "truth value", text: String(value) };
  if (typeof value === "number")
    return { kind: "number", text: written ? exactNumber(written()) : String(value) };
  if (value instanceof Uint8Array) return { kind: "bytes", text: `0x${Buffer.from(value).toString("hex")}` };
  return nestedKind(value) ?? { kind: "number", text: String(value) };
}

/** A number of JSON by its value, not by how it is written, and not rounded: 1.0 and 1e0 are 1. */
function exactNumber(written: string): string {
  const usual = String(Number(written));
  if (/^-?\d{1,15}$/.test(written) && usual === written) return usual;
  const exact = significant(written);
  return significant(usual) === exact ? usual : exact;
}

/** Digits without the zeros at their ends, and the power of ten of the last. */
function significant(number: string): string {
  const [, sign, whole, fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  if (whole === undefined) return number;
  const digits = (whole + fraction).replace(/^0+/, "");
  const short = digits.replace(/0+$/, "");
  if (short === "") return "0";
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - short.length);
  return `${sign}${short}${power === 0n ? "" : `e${power}`}`;
}
