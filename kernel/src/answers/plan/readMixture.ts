import { dirname, resolve } from "node:path";
import { drawLaws, type FittedLaw, fittedMixture, type PlanMixture } from "isoflop";
import { shownPath } from "../../files/shownPath.ts";
import { readOrdinaryText } from "./readOrdinaryText.ts";
import { readSavedLaw } from "./readSavedLaw.ts";
import { repeatedName } from "./repeatedName.ts";

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
  const laws: [target: string, law: FittedLaw][] = [];
  for (const [target, file] of Object.entries(given.fits)) {
    laws.push([target, await readSavedLaw(resolve(dirname(path), file as string))]);
  }
  const [first] = laws;
  if (!first) throw wrong("fits names no target; give one");
  const sources = sourcesOf(first[1]);
  for (const [target, law] of laws) {
    const own = sourcesOf(law);
    if (own.length === 0) {
      throw wrong(`the fit of ${target} reads no shares; fit its loss by columns that are shares of sources`);
    }
    if (own.length === sources.length && own.every((name) => sources.includes(name))) continue;
    throw wrong(
      `the fit of ${target} reads ${own.join(", ")} and that of ${first[0]} ${sources.join(", ")}; ` +
        "fit each loss by the shares of the same sources",
    );
  }
  const responseOf = (all: typeof laws) => fittedMixture(sources, Object.fromEntries(all));
  const drawn = laws.flatMap(([target, law], k) => {
    const own = drawsOf(law, seed, k);
    return own ? [[target, own] as const] : [];
  });
  return {
    ...mixture,
    response: responseOf(laws),
    ...(drawn.length === laws.length && {
      draws: Array.from({ length: draws }, (_, k) =>
        responseOf(drawn.map(([target, all]) => [target, all[k]!])),
      ),
    }),
  };
}

/** What a law of a loss reads besides the run: shares of sources. */
function sourcesOf({ law }: FittedLaw): string[] {
  return law.variables.map(({ name }) => name).filter((name) => name !== "nParams" && name !== "nTokens");
}

/** Draws of a target's law, of its own runs and so independent of the others'; none where it has no covariance. */
function drawsOf(law: FittedLaw, seed = 42, target: number): FittedLaw[] | undefined {
  try {
    return drawLaws(law, { draws, seed: seed + 1_000_003 * target });
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

function readObject(path: string): Record<string, unknown> {
  const text = readOrdinaryText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RangeError(`${shownPath(path)} is not JSON: ${(cause as Error).message}`, { cause });
  }
  const twice = repeatedName(text);
  if (twice !== undefined) {
    throw new RangeError(
      `${shownPath(path)} names ${JSON.stringify(twice)} twice in one object; give it one value`,
    );
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
