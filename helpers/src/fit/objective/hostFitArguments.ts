import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { isList } from "../../numerics/arguments/isList.ts";

/**
 * Refuses what `fit` cannot use: taken for what it is not, it would change the fit, or be left out of it, without a word.
 * This file stands in the place of fitArguments.ts in the build for Node.
 *
 * @throws TypeError naming what was given and what is wanted
 */
export function checkFitArguments(law: unknown, options: unknown): void {
  checkLaw(law);
  if (!isPlain(options)) return; // said by who reads the names of the options
  const { loss, weights, bounds, priors, fixed, start } = options;
  checkLoss(loss);
  for (const name of ["bounds", "fixed", "tied", "priors", "start"]) {
    const value = options[name];
    if (value === undefined || isPlain(value)) continue;
    throw new TypeError(
      `${name} must be an object by the names of parameters, got ${describeGiven(value)}; leave it out for none`,
    );
  }
  if (weights !== undefined && typeof weights !== "function" && !isList(weights)) {
    throw new TypeError(
      `weights must be an array of numbers or a function of the run, got ${describeGiven(weights)}; such as (run) => run.weight`,
    );
  }
  for (const [name, bound] of entries(bounds)) {
    if (bound !== undefined && !isInterval(bound)) {
      throw new RangeError(
        `bounds.${name} must be [low, high] with low <= high, got ${describeList(bound)}; leave an end open with Infinity`,
      );
    }
  }
  for (const [name, value] of [...entries(fixed), ...entries(start)]) {
    if (value === undefined || typeof value === "number") continue;
    throw new TypeError(
      `${name} must be held or started at a number, got ${describeGiven(value)}; write 1.69, not "1.69"`,
    );
  }
  for (const [name, prior] of entries(priors)) checkPrior(name, prior);
}

/** As in fitArguments.ts; what reads as a number is to be made one. */
export function describeCell(name: string, value: unknown, row: number): string {
  const reads =
    typeof value === "bigint" ||
    value instanceof Number ||
    (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)));
  const wayOut = reads ? `make it a number: Number(run.${name})` : "drop the row or fix the file";
  return `${shown(value)} in row ${row}; ${wayOut}`;
}

function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return describeGiven(value);
}

function checkLaw(law: unknown): void {
  if (!isLaw(law)) {
    const inner = (law as { law?: unknown } | null | undefined)?.law;
    const what = isLaw(inner)
      ? "one with its constants; the law alone is its field law"
      : `${describeGiven(law)}${wayToLaw(law)}`;
    throw new TypeError(`fit needs a law such as chinchilla and then the runs, got ${what}`);
  }
  for (const { name, domain } of law.parameters) {
    if (isInterval(domain)) continue;
    throw new RangeError(
      `the domain of ${name} in ${law.name} must be [low, high] with low <= high, got ${describeList(domain)}; turn it round`,
    );
  }
}

function wayToLaw(given: unknown): string {
  if (typeof given === "function") return '; call it, as in powerLaw("flops")';
  if (typeof given === "string") {
    return '; the laws are exports of this package, and defineLaw of "isoflop/formula" makes one of a formula';
  }
  return isList(given) ? "; the law comes first, and the runs follow" : "";
}

interface LawLike {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly domain: unknown }[];
}

function isLaw(given: unknown): given is LawLike {
  if (!isPlain(given)) return false;
  const { evaluate, parameters, variables, response } = given;
  return (
    typeof evaluate === "function" && Array.isArray(parameters) && Array.isArray(variables) && !!response
  );
}

function checkLoss(loss: unknown): void {
  if (loss === undefined || typeof (loss as { sum?: unknown } | null)?.sum === "function") return;
  const wayOut =
    typeof loss === "function"
      ? "; call it, as in huber(1e-3)"
      : "; there are huber(delta), logCosh(scale), squared(), l1() and asymmetric(base, { over })";
  throw new TypeError(`loss must be a loss such as huber(1e-3), got ${describeGiven(loss)}${wayOut}`);
}

function checkPrior(name: string, prior: unknown): void {
  if (prior === undefined) return;
  if (!isPlain(prior)) {
    throw new TypeError(
      `priors.${name} must be an object such as { mean: 1.7, sd: 0.1 }, got ${describeGiven(prior)}`,
    );
  }
  const unknown = Object.keys(prior).find((key) => !["mean", "sd", "scale", "dispersion"].includes(key));
  if (unknown !== undefined) {
    throw new RangeError(`priors.${name} has no field ${unknown}; there are mean, sd, scale and dispersion`);
  }
  for (const key of ["mean", "sd"]) {
    if (typeof prior[key] === "number") continue;
    throw new TypeError(
      `priors.${name}.${key} must be a number, got ${describeGiven(prior[key])}; such as { mean: 1.7, sd: 0.1 }`,
    );
  }
  const { dispersion } = prior;
  if (
    dispersion !== undefined &&
    !(typeof dispersion === "number" && dispersion > 0 && dispersion < Infinity)
  ) {
    throw new RangeError(
      `priors.${name}.dispersion must be a number > 0, got ${describeGiven(dispersion)}; leave it out to take it from the runs`,
    );
  }
  if (![undefined, "linear", "log"].includes(prior.scale as string)) {
    throw new RangeError(`priors.${name}.scale must be "linear" or "log", got ${describeGiven(prior.scale)}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** An object whose fields are read by their names; a Map or an array has them elsewhere. */
function isPlain(given: unknown): given is Fields {
  return (
    typeof given === "object" &&
    given !== null &&
    !isList(given) &&
    !(given instanceof Map) &&
    !(given instanceof Set) &&
    typeof (given as { then?: unknown }).then !== "function"
  );
}

const entries = (given: unknown) => (isPlain(given) ? Object.entries(given) : []);

function isInterval(given: unknown): boolean {
  if (!Array.isArray(given) || given.length !== 2) return false;
  const [low, high] = given as unknown[];
  return typeof low === "number" && typeof high === "number" && low <= high;
}

function describeList(given: unknown): string {
  if (!Array.isArray(given)) return describeGiven(given);
  return `[${given.map((end) => (typeof end === "number" ? String(end) : describeGiven(end))).join(", ")}]`;
}
