import type { FitOptions, Law, Prior } from "isoflop";
import { nearestWord } from "../../text/nearestWord.ts";
import { parseNamed, parseNumbers } from "../optionValues.ts";
import type { FitCommandOptions } from "./fitOptions.ts";

/** What the options say of a law's parameters. */
export type ParameterValues = Pick<FitOptions, "fixed" | "tied" | "bounds" | "priors" | "start">;

type Given = Pick<FitCommandOptions, "fix" | "tie" | "bounds" | "prior" | "start">;

/**
 * Reads them, as far as that needs no law.
 *
 * @throws RangeError naming the option and the value that it does not take
 */
export function parseParameterValues({ fix, tie, bounds, prior, start }: Given): ParameterValues {
  return {
    ...(fix !== undefined && { fixed: parseNumbers("--fix", fix) }),
    ...(tie !== undefined && { tied: parseTies(tie) }),
    ...(bounds !== undefined && { bounds: parseBounds(bounds) }),
    ...(prior !== undefined && { priors: parsePriors(prior) }),
    ...(start !== undefined && { start: parseNumbers("--start", start) }),
  };
}

function parseTies(text: string): Record<string, string> {
  const form = "NAME=OTHER, such as beta=alpha";
  const entries = parseNamed("--tie", text, form).map(([name, [other, ...more]]): [string, string] => {
    if (!other || more.length > 0 || !Number.isNaN(Number(other))) {
      const wayOut = Number.isNaN(Number(other)) ? "" : "; --fix holds a parameter at a number";
      throw new RangeError(`--tie takes ${form}; got "${name}=${[other, ...more].join(":")}"${wayOut}`);
    }
    return [name, other];
  });
  return Object.fromEntries(entries);
}

function parseBounds(text: string): Record<string, [number, number]> {
  const form = "NAME=LOW:HIGH, such as alpha=0.1:0.6";
  const entries = parseNamed("--bounds", text, form).map(([name, parts]): [string, [number, number]] => {
    const [low, high] = parts.map((part, k) =>
      part === "" ? (k === 0 ? -Infinity : Infinity) : Number(part),
    );
    if (parts.length !== 2 || Number.isNaN(low) || Number.isNaN(high)) {
      throw new RangeError(`--bounds takes ${form}; got "${name}=${parts.join(":")}"`);
    }
    if (!(low! <= high!)) {
      throw new RangeError(
        `--bounds ${name} must be LOW:HIGH with LOW <= HIGH, got ${parts.join(":")}; turn it round`,
      );
    }
    return [name, [low!, high!]];
  });
  return Object.fromEntries(entries);
}

function parsePriors(text: string): Record<string, Prior> {
  const form = "NAME=MEAN:SD or NAME=MEAN:SD:log, such as E=1.7:0.1";
  const entries = parseNamed("--prior", text, form).map(([name, parts]): [string, Prior] => {
    const [mean, sd] = parts.slice(0, 2).map((part) => (part === "" ? Number.NaN : Number(part)));
    const scale = parts[2] ?? "linear";
    const isRight = parts.length <= 3 && Number.isFinite(mean) && sd! > 0 && sd! < Infinity;
    if (!isRight || (scale !== "linear" && scale !== "log")) {
      throw new RangeError(`--prior takes ${form}, SD > 0; got "${name}=${parts.join(":")}"`);
    }
    return [name, { mean: mean!, sd: sd!, scale }];
  });
  return Object.fromEntries(entries);
}

const options = { fixed: "--fix", tied: "--tie", bounds: "--bounds", priors: "--prior", start: "--start" };

/**
 * Refuses a parameter that a law has not.
 *
 * @throws RangeError with the nearest name
 */
export function checkParameterNames(law: Law, values: ParameterValues): void {
  const known = law.parameters.map(({ name }) => name);
  const refuse = (field: string, name: string) => {
    // Of names of one letter every word that begins with it would be near.
    const near = nearestWord(name, name.length > 2 ? known.filter((one) => one.length > 1) : known);
    return new RangeError(
      `${field} names ${name}, but ${law.name} has the parameters ${known.join(", ")}; ${near === undefined ? `--fix ${known[0]}=1 holds one` : `did you mean ${near}?`}`,
    );
  };
  for (const [field, option] of Object.entries(options)) {
    for (const [name, value] of Object.entries(values[field as keyof ParameterValues] ?? {})) {
      if (!known.includes(name)) throw refuse(field === "fixed" ? "fixed" : option, name);
      if (field === "tied" && !known.includes(value as string)) throw refuse(option, value as string);
    }
  }
  const lacking = values.start && known.filter((name) => !(name in values.start!));
  if (lacking && lacking.length > 0) {
    throw new RangeError(
      `--start must give every parameter of ${law.name} a value; ${lacking.join(", ")} ${lacking.length === 1 ? "lacks" : "lack"} one`,
    );
  }
}

/** What of them a law has: laws that are compared share options by the names of their parameters. */
export function valuesFor(law: Law, values: ParameterValues): ParameterValues {
  const known = new Set(law.parameters.map(({ name }) => name));
  const kept = Object.entries(values).flatMap(([field, of]) => {
    const entries = Object.entries(of as object).filter(
      ([name, value]) => known.has(name) && (field !== "tied" || known.has(value as string)),
    );
    return field === "start" || entries.length === 0 ? [] : [[field, Object.fromEntries(entries)]];
  });
  return Object.fromEntries(kept);
}
