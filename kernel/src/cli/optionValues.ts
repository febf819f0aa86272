import { InvalidArgumentError } from "commander";

/** Reads an option's value as a number, or says in commander's way what it must be. */
const numberThat =
  (isRight: (value: number) => boolean, whatItMustBe: string) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !isRight(value)) throw new InvalidArgumentError(whatItMustBe);
    return value;
  };

/** An option's value as a whole number of at least 1. */
export const parseCount = numberThat(
  (value) => Number.isSafeInteger(value) && value >= 1,
  "It must be a whole number of at least 1.",
);

/** An option's value as so many things at the same time. */
export const parseJobs = numberThat(
  (value) => Number.isInteger(value) && value >= 1,
  "It must be a whole number from 1.",
);

/** An option's value as a whole number of at least 0. */
export const parseWhole = numberThat(
  (value) => Number.isInteger(value) && value >= 0,
  "It must be an integer >= 0.",
);

/** An option's value as a number of at least 0. */
export const parseAmount = numberThat(
  (value) => Number.isFinite(value) && value >= 0,
  "It must be a number of at least 0.",
);

/** An option's value as a number > 0. */
export const parsePositive = numberThat(
  (value) => Number.isFinite(value) && value > 0,
  "It must be a plain number > 0, such as 1e24.",
);

/** An option's value as a number between 0 and 1. */
export const parseShare = numberThat((value) => value > 0 && value < 1, "It must lie between 0 and 1.");

/** An option's value as a percentage between 0 and 100, as a share. */
export const parsePercent = (text: string): number =>
  numberThat(
    (value) => value > 0 && value < 100,
    "It must be a percentage between 0 and 100, such as 95.",
  )(text.trim().replace(/\s*%$/, "")) / 100;

/** An option's value as percentages between 0 and 100, separated by commas, in their order. */
export function parsePercents(text: string): number[] {
  const values = text.split(",").map((one) => Number(one.trim().replace(/^p|\s*%$/g, "") || Number.NaN));
  if (!values.every((value) => value > 0 && value < 100)) {
    throw new InvalidArgumentError("It must be percentages between 0 and 100, such as 50,90,99.");
  }
  return [...new Set(values)].sort((a, b) => a - b);
}

/** An option's value as a share of 0 or more that is not the whole. */
export const parseHitShare = numberThat(
  (value) => value >= 0 && value < 1,
  "It must be a share of at least 0 and below 1, such as 0.5.",
);

/** An option's value, `3:0.7`, as tokens drafted a step and the chance that one is accepted, given those before it were. */
export function parseDraft(text: string): { readonly tokens: number; readonly acceptance: number } {
  const [tokens = Number.NaN, acceptance = Number.NaN, ...more] = text
    .split(":")
    .map((one) => Number(one.trim() || Number.NaN));
  if (
    !(Number.isSafeInteger(tokens) && tokens >= 1 && acceptance > 0 && acceptance <= 1 && more.length === 0)
  ) {
    throw new InvalidArgumentError("It must be TOKENS:ACCEPTANCE, such as 3:0.7.");
  }
  return { tokens, acceptance };
}

/** An option's value as seconds. */
export const parseSeconds = numberThat((value) => value > 0, "It must be a number of seconds above 0.");

/** An option's value as whole numbers of at least 1, separated by commas. */
export function parseCounts(text: string): number[] {
  const ks = text.split(",").map(Number);
  if (!ks.every((k) => Number.isSafeInteger(k) && k >= 1)) {
    throw new InvalidArgumentError("It must be whole numbers of at least 1, such as 1,10,100.");
  }
  return ks;
}

/** An option's value as numbers > 0, separated by commas. */
export function parsePositives(text: string): number[] {
  const values = text.split(",").map(Number);
  if (!values.every((value) => Number.isFinite(value) && value > 0)) {
    throw new InvalidArgumentError("It must be numbers > 0, such as 1e11,2e11.");
  }
  return values;
}

/** An option's value, `E=1.69,alpha=0.34`, as numbers by name. */
export function parseNumbers(option: string, text: string): Record<string, number> {
  const entries = text.split(",").map((entry): [string, number] => {
    const [, name, value] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(\S+)\s*$/u.exec(entry) ?? [];
    if (!name || !Number.isFinite(Number(value))) {
      throw new RangeError(`${option} takes NAME=NUMBER, separated by commas; got "${entry}"`);
    }
    return [name, Number(value)];
  });
  refuseRepeated(
    option,
    entries.map(([name]) => name),
  );
  return Object.fromEntries(entries);
}

/**
 * An option's value, `alpha=0.1:0.5,E=1:`, as texts by name: what stands behind each equals sign, cut at colons.
 *
 * @throws RangeError naming the entry that is not NAME=VALUE, or a name that is there twice
 */
export function parseNamed(option: string, text: string, form: string): [string, string[]][] {
  const entries = text.split(",").map((entry): [string, string[]] => {
    const [, name, value] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(.*?)\s*$/u.exec(entry) ?? [];
    if (!name || value === undefined || value === "") {
      throw new RangeError(`${option} takes ${form}, separated by commas; got "${entry}"`);
    }
    return [name, value.split(":").map((part) => part.trim())];
  });
  refuseRepeated(
    option,
    entries.map(([name]) => name),
  );
  return entries;
}

/**
 * @param names what stands before the equals signs of an option's value
 * @throws RangeError where one of them is there twice, of which the last would count
 */
function refuseRepeated(option: string, names: readonly string[]): void {
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) throw new RangeError(`${option} gives ${twice} twice; give it one value`);
}
