import { builtInLaws, huber, type Law, type Loss, l1, lawFromSpecification, logCosh, squared } from "isoflop";

/**
 * The `--law` option: a built-in law by the name `isoflop laws` lists, such as chinchilla or powerLaw(flops), or a
 * formula, such as "L = E + A/N^alpha".
 *
 * @throws RangeError when no law has the name, or the formula cannot be used
 */
export async function parseLaw(text: string): Promise<Law> {
  if (text.includes("=")) return (await import("isoflop/formula")).defineLaw(text);
  const known = builtInLaws.find((law) => law.name === text);
  if (known) return known;
  const [, kind, list] = /^(\w+)(?:\((.*)\))?$/.exec(text.trim()) ?? [];
  const family = builtInLaws.find((law) => law.specification?.kind === kind);
  if (!kind || !family) {
    const names = builtInLaws.map((law) => law.name).join(", ");
    throw new RangeError(
      `no law is called ${text}; there are ${names}; or write a formula such as "L = E + A/N^alpha"`,
    );
  }
  const words = (list ?? "").split(",").map((word) => word.trim());
  const values = words
    .filter((word) => word !== "")
    .map((word) => (Number.isNaN(Number(word)) ? word : Number(word)));
  if (values.length === 0) return family;
  // Families over several variables take them as one list.
  const takesList = Array.isArray(family.specification!.arguments[0]);
  return lawFromSpecification({ kind, arguments: takesList ? [values] : values });
}

/**
 * The `--loss` option: squared, l1, huber:DELTA or logcosh:SCALE.
 *
 * @throws RangeError when it is none of them
 */
export function parseLoss(text: string): Loss {
  const [name, scale] = text.toLowerCase().split(":") as [string, string | undefined];
  const size = scale === undefined ? 1e-3 : Number(scale);
  if (name === "squared") return squared();
  if (name === "l1") return l1();
  if (name === "huber") return huber(size);
  if (name === "logcosh") return logCosh(size);
  throw new RangeError(`--loss must be squared, l1, huber:1e-3 or logcosh:1e-3, got ${text}`);
}

/** `E=1.69,alpha=0.34` as numbers by name. */
export function parseNumbers(option: string, text: string): Record<string, number> {
  const entries = text.split(",").map((entry): [string, number] => {
    const [, name, value] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(entry) ?? [];
    if (!name || !Number.isFinite(Number(value))) {
      throw new RangeError(`${option} takes NAME=NUMBER, separated by commas; got "${entry}"`);
    }
    return [name, Number(value)];
  });
  return Object.fromEntries(entries);
}

/** A condition on one field: `flops>1e21`. */
export interface Condition {
  readonly field: string;
  readonly text: string;
  holds(value: number): boolean;
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  "==": (left, right) => left === right,
};

/**
 * The `--holdout` option.
 *
 * @throws RangeError when it is not FIELD, a comparison and a number
 */
export function parseCondition(text: string): Condition {
  const [, field, operator, number] = /^\s*(\w+)\s*(>=|<=|==|>|<)\s*(\S+)\s*$/.exec(text) ?? [];
  const bound = Number(number);
  if (!field || !operator || !Number.isFinite(bound)) {
    throw new RangeError(`--holdout takes a condition such as "flops>1e21", got "${text}"`);
  }
  const compare = comparisons[operator]!;
  return { field, text: text.trim(), holds: (value) => compare(value, bound) };
}
