import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { NoiseModel } from "./Likelihood.ts";

/** A field of a run, or a function of the run. */
export type OfRun<Run, T> = string | ((run: Run, row: number) => T);

/**
 * The noise model that the option `noise` asks for.
 *
 * @throws RangeError or TypeError when it asks for none of them, or a run has no standard deviation above 0
 */
export function readNoise(
  runs: readonly unknown[],
  noise: unknown,
): NoiseModel & { readonly label: "constant" | "power" | "scaled" | "known" } {
  const unknown = () => new Float64Array(runs.length);
  if (noise === "constant") return { known: unknown(), estimated: true, label: "constant" };
  const fields = typeof noise === "object" && noise !== null ? (noise as Record<string, unknown>) : {};
  if (fields.power !== undefined) {
    requireOptions("noise", fields, ["power"]);
    const { power } = fields;
    if (power === "fitted") return { known: unknown(), estimated: true, power, label: "power" };
    const logs = readLogs(runs, power, "the noise's power");
    if (logs.every((each) => each === logs[0])) {
      throw new RangeError(
        `the noise's power needs a field that varies, got one value in all rows; take noise: "constant"`,
      );
    }
    return { known: unknown(), estimated: true, power: logs, label: "power" };
  }
  if (fields.sigma !== undefined) {
    requireOptions("noise", fields, ["sigma", "scaled"]);
    const { sigma, scaled = false } = fields;
    if (typeof scaled !== "boolean") {
      throw new TypeError(
        `noise.scaled must be true or false, got ${describeGiven(scaled)}; leave it out for false`,
      );
    }
    return { known: readLogs(runs, sigma, "sigma"), estimated: scaled, label: scaled ? "scaled" : "known" };
  }
  throw new RangeError(
    `noise must be "constant", { sigma } or { power }, got ${describeGiven(noise)}; such as { sigma: "se" }`,
  );
}

/**
 * Which runs are censored, as 0 or 1.
 *
 * @throws RangeError or TypeError when a run is neither, or no run has the field
 */
export function readCensored(runs: readonly unknown[], of: unknown): Uint8Array {
  if (of === undefined) return new Uint8Array(runs.length);
  const read = readerOf(of, "censored", "(run) => run.diverged");
  if (typeof of === "string" && runs.every((run) => (run as Record<string, unknown>)[of] === undefined)) {
    throw new RangeError(`censored names ${of}, which no run has; leave censored out where none is`);
  }
  return Uint8Array.from(runs, (run, row) => {
    const value = read(run, row);
    if (value === undefined || value === false || value === 0) return 0;
    if (value === true || value === 1) return 1;
    const name = typeof of === "string" ? `${of} (censored)` : "censored";
    throw new RangeError(
      `${name} must be true or false, got ${describeGiven(value)} in row ${row}; drop the row or mend it`,
    );
  });
}

function readLogs(runs: readonly unknown[], of: unknown, what: string): Float64Array {
  const read = readerOf(of, what, '"se" or (run) => run.se');
  return Float64Array.from(runs, (run, row) => {
    const value = read(run, row);
    if (typeof value === "number" && value > 0 && value < Infinity) return Math.log(value);
    const name = typeof of === "string" ? `${of} (${what})` : what;
    throw new RangeError(
      `${name} must be a finite number > 0, got ${String(value)} in row ${row}; drop the row or mend it`,
    );
  });
}

function readerOf(of: unknown, what: string, example: string): (run: unknown, row: number) => unknown {
  if (typeof of === "function") return of as (run: unknown, row: number) => unknown;
  if (typeof of === "string" && of !== "") return (run) => (run as Record<string, unknown>)[of];
  throw new TypeError(
    `${what} must be the name of a field or a function of the run, got ${describeGiven(of)}; such as ${example}`,
  );
}
