/** The forms of a type, for messages. */
export const typeForms =
  "number, number > 0, number >= 1, number 0 to 1 (each also as whole number), 0 or 1, text, one of `a`, `b`; " +
  '"or none" behind it where cells may be empty';

const numeral = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.source;
const wholeNumeral = new RegExp(`^${numeral}$`);
const numberType = new RegExp(
  `^(whole )?number(?: (>|>=|<=) (${numeral}))?(?: (${numeral}) to (${numeral}))?$`,
);

/**
 * Which cells a datasheet says a column may hold, by the words of its `type` and not by the loader's code; undefined
 * where they have none of the usual forms.
 */
export function datasheetDomain(type: string): ((cell: string) => boolean) | undefined {
  const [, form, orNone] = /^(.*?)( or none)?$/.exec(type)!;
  const accepts = filledCells(form!);
  return accepts && ((cell) => (cell === "" ? orNone !== undefined : accepts(cell)));
}

function filledCells(form: string): ((cell: string) => boolean) | undefined {
  if (form === "text") return () => true;
  if (form === "0 or 1") return (cell) => cell === "0" || cell === "1";
  if (/^one of `[^`]+`(, `[^`]+`)*$/.test(form)) {
    const words = [...form.matchAll(/`([^`]+)`/g)].map(([, word]) => word);
    return (cell) => words.includes(cell);
  }
  const parts = numberType.exec(form);
  if (!parts) return undefined;
  const [, whole, sign, limit, low = "-Infinity", high = "Infinity"] = parts;
  return (cell) => {
    const value = wholeNumeral.test(cell) ? Number(cell) : Number.NaN;
    if (!(whole ? Number.isSafeInteger(value) : Number.isFinite(value))) return false;
    if (sign === ">" && value <= Number(limit)) return false;
    if (sign === ">=" && value < Number(limit)) return false;
    if (sign === "<=" && value > Number(limit)) return false;
    return value >= Number(low) && value <= Number(high);
  };
}

/** Cells in and around the domain of a type: its limits and what lies beside them, its words, and odd cells. */
export function probesOf(type: string): string[] {
  const limits = [0, 1, ...(type.match(new RegExp(numeral, "g")) ?? []).map(Number)];
  const beside = limits.flatMap((limit) =>
    [-1, -0.5, -1e-6, 0, 1e-6, 0.5, 1].map((by) => String(limit + by)),
  );
  const words = [...type.matchAll(/`([^`]+)`/g)].flatMap(([, word]) => [word!, `${word}x`, ` ${word}`]);
  return [...beside, ...words, "", " ", "1e9", "1e30", "1e400", "NaN", "inf", "0x10", "yes", "true", "none"];
}
