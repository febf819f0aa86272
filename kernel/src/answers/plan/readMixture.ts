import { dirname, resolve } from "node:path";
import { drawLaws, type FittedLaw, fittedMixture, type PlanMixture } from "isoflop";
import { shownPath } from "../../files/shownPath.ts";
import { readOrdinaryText } from "./readOrdinaryText.ts";
import { readSavedLaw } from "./readSavedLaw.ts";

const keys = ["supply", "shares", "fits", "weights", "lower", "upper", "maxEpochs"];
/** Draws of the mixing laws behind the intervals of the shares. */
const draws = 200;

/**
 * The mixture in a JSON file: `supply` (unique tokens by source) and either `shares`, or `fits` (a saved fit of the loss by
 * the shares for each target, as a path from the file's folder) with `weights`, `lower`, `upper` and `maxEpochs` if wanted.
 *
 * @throws Error naming the file when it cannot be read
 * @throws RangeError naming the file and the field that is wrong
 */
export async function readMixture(path: string, seed?: number): Promise<PlanMixture> {
  const given = readObject(path);
  const wrong = (why: string) => new RangeError(`${shownPath(path)}: ${why}`);
  for (const key of Object.keys(given)) {
    if (!keys.includes(key)) throw wrong(`a mixture has no field ${key}; there are ${keys.join(", ")}`);
  }
  const numbers = (key: string, needed = false) => {
    const value = given[key];
    if (value === undefined && !needed) return {};
    if (!isObject(value) || !Object.values(value).every((one) => typeof one === "number")) {
      throw wrong(`${key} must be an object of numbers by name, such as { "web": 5e12 }`);
    }
    return { [key]: value as Record<string, number> };
  };
  const { maxEpochs } = given;
  if (maxEpochs !== undefined && typeof maxEpochs !== "number") throw wrong("maxEpochs must be a number");
  const mixture = {
    ...(numbers("supply", true) as { supply: Record<string, number> }),
    ...numbers("shares"),
    ...numbers("weights"),
    ...numbers("lower"),
    ...numbers("upper"),
    ...(maxEpochs !== undefined && { maxEpochs }),
  };
  if (given.fits === undefined) return mixture;
  if (!isObject(given.fits) || !Object.values(given.fits).every((one) => typeof one === "string")) {
    throw wrong('fits must be an object of paths by target, such as { "code": "code.fit.json" }');
  }
  const laws: Record<string, FittedLaw> = {};
  for (const [target, file] of Object.entries(given.fits)) {
    laws[target] = await readSavedLaw(resolve(dirname(path), file as string));
  }
  const run = ["nParams", "nTokens"];
  const [first] = Object.values(laws);
  if (!first) throw wrong("fits names no target; give one");
  const sources = first.law.variables.map(({ name }) => name).filter((name) => !run.includes(name));
  const drawn = Object.entries(laws).map(
    ([target, law]) => [target, drawLaws(law, { draws, ...(seed !== undefined && { seed }) })] as const,
  );
  return {
    ...mixture,
    response: fittedMixture(sources, laws),
    draws: Array.from({ length: draws }, (_, k) =>
      fittedMixture(sources, Object.fromEntries(drawn.map(([target, all]) => [target, all[k]!]))),
    ),
  };
}

function readObject(path: string): Record<string, unknown> {
  const text = readOrdinaryText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RangeError(`${shownPath(path)} is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (!isObject(value)) {
    throw new RangeError(
      `${shownPath(path)} must hold an object such as { "supply": { "web": 5e12 }, "shares": { "web": 1 } }`,
    );
  }
  return value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
