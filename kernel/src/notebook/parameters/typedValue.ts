import { ParameterError } from "./ParameterError.ts";

const digits = String.raw`\d+(?:_\d+)*`;
const wholeNumber = new RegExp(`^[+-]?${digits}$`);
const number = new RegExp(`^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`, "i");
const infinite = /^([+-]?)inf(?:inity)?$/i;

const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
]);

/**
 * The value that a text on the command line stands for, as papermill's `-p` has it: a number, a boolean, nothing, or the
 * text itself. What is written in JSON as a list or an object is one.
 *
 * @throws ParameterError for a number that JavaScript's cannot hold
 */
export function typedValue(name: string, text: string): unknown {
  const word = text.trim();
  if (words.has(word)) return words.get(word);
  if (infinite.test(word)) return word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[+-]?nan$/i.test(word)) return Number.NaN;
  if (number.test(word)) return numberOf(name, word);
  if (/^[[{]/.test(word)) {
    try {
      return JSON.parse(word);
    } catch {
      // A text that begins with a bracket.
    }
  }
  return text;
}

function numberOf(name: string, word: string): number {
  const plain = word.replaceAll("_", "");
  const value = Number(plain);
  if (!Number.isFinite(value))
    throw new ParameterError(
      `${name}=${shown(word)} is beyond what a number can hold; write inf for infinity, or give it as text with -r`,
    );
  if (wholeNumber.test(word) && BigInt(plain.replace(/^\+/, "")) !== asPrinted(value))
    throw new ParameterError(
      `${name}=${shown(word)} has more digits than a number can hold, and would be ${value}; write ${value} if that will do, or give it as text with -r`,
    );
  return value;
}

/** The digits a whole number is printed with: 1e23 is meant where 1 and 23 zeros are written, although no double is that. */
function asPrinted(value: number): bigint {
  const [, sign = "", first = "", rest = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e\+(\d+))?$/.exec(
    String(value),
  )!;
  return BigInt(sign + first + rest.padEnd(Number(exponent), "0"));
}

const shown = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
