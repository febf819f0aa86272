import { excerpt } from "isoflop-datasets/csv";
import { type GroupMark, type NumberStyle, plainStyle, withUsualMarks } from "./NumberStyle.ts";
import { unscaled } from "./suffix.ts";

/** What a cell shows of how its file writes numbers. */
type Sign =
  | "decimal point"
  | "decimal comma"
  | "grouped by ,"
  | "grouped by ."
  | "grouped by '"
  | "grouped by  "
  | "point or group"
  | "comma or group";

/** Whether a cell that is no plain number may be one of another style. */
export const mayBeStyled = (cell: string) =>
  /^\s*[+-]?[\d.,][\d.,'’ \u00a0\u2009\u202f]*[.,'’ \u00a0\u2009\u202f]/.test(cell);

/**
 * What all cells of a file's columns of numbers show together. A style is only taken where no cell speaks against it, and
 * where one shows it for sure: 2,5 shows a decimal comma, 1,234,567 shows groups, and 1,234 shows nothing.
 */
export class StyleEvidence {
  readonly #seen = new Map<Sign, { readonly cell: string; readonly place: number }>();

  /** @param place line or row of the file */
  add(cell: string, place: number): void {
    for (const sign of signsOf(cell)) if (!this.#seen.has(sign)) this.#seen.set(sign, { cell, place });
  }

  /** Returns the plain style where the cells contradict each other, or show nothing. */
  style(): NumberStyle {
    const has = (sign: Sign) => this.#seen.has(sign);
    const groups = ([",", ".", "'", " "] as const).filter((mark) => has(`grouped by ${mark}` as Sign));
    if (groups.length > 1) return plainStyle;
    let group: GroupMark | undefined = groups[0];
    // Thousands are separated in one way: beside blanks or apostrophes a comma can only be the decimal sign.
    const isOtherwiseGrouped = group === " " || group === "'";
    const isComma =
      has("decimal comma") ||
      group === "." ||
      (isOtherwiseGrouped && has("comma or group") && !has("decimal point") && !has("point or group"));
    const isPoint = has("decimal point") || group === ",";
    if (isComma && isPoint) return plainStyle;
    if (has("comma or group") && !isComma) {
      if (!isPoint || (group !== undefined && group !== ",")) return plainStyle;
      group = ",";
    }
    return isComma ? { decimal: ",", group } : { decimal: ".", group };
  }

  /** What the style was taken from, in words. */
  describe({ decimal, group }: NumberStyle, unit: string): string[] {
    const like = (...signs: Sign[]) => {
      const found = signs.map((sign) => this.#seen.get(sign)).find((one) => one !== undefined);
      return found ? `, as in "${excerpt(found.cell.trim())}" (${unit} ${found.place})` : "";
    };
    const notes: string[] = [];
    if (decimal === ",") notes.push(`a comma is the decimal sign${like("decimal comma", "comma or group")}`);
    if (group !== undefined) {
      const name = { ",": "commas", ".": "points", "'": "apostrophes", " ": "blanks" }[group];
      const unsure = group === "," ? (["comma or group"] as const) : [];
      notes.push(`${name} separate thousands${like(`grouped by ${group}` as Sign, ...unsure)}`);
    }
    return notes;
  }
}

function signsOf(cell: string): Sign[] {
  const bare = unscaled(cell.trim()).number.replace(/^[+-]/, "");
  const body = withUsualMarks(bare.replace(/[eE][+-]?\d+$/, ""));
  const hasExponent = body.length < bare.length;
  const [, , other, fraction] = /^(\d{1,3}(?:([' ])\d{3})(?:\2\d{3})*)(?:([.,])\d+)?$/.exec(body) ?? [];
  if (other) return [`grouped by ${other}` as Sign, ...signOf(fraction)];
  if (/^[1-9]\d{0,2}(,\d{3})+\.\d*$/.test(body)) return ["grouped by ,", "decimal point"];
  if (/^[1-9]\d{0,2}(\.\d{3})+,\d*$/.test(body)) return ["grouped by .", "decimal comma"];
  if (/^[1-9]\d{0,2}(,\d{3}){2,}$/.test(body)) return ["grouped by ,"];
  if (/^[1-9]\d{0,2}(\.\d{3}){2,}$/.test(body)) return ["grouped by ."];
  const [, whole, mark, digits] = /^(\d*)([.,])(\d*)$/.exec(body) ?? [];
  if (!mark || whole + digits! === "") return [];
  const isUnsure = !hasExponent && digits!.length === 3 && /^[1-9]\d{0,2}$/.test(whole!);
  if (isUnsure) return [mark === "." ? "point or group" : "comma or group"];
  return signOf(mark);
}

function signOf(mark: string | undefined): Sign[] {
  if (mark === undefined) return [];
  return [mark === "." ? "decimal point" : "decimal comma"];
}
