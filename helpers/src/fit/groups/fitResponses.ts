import type { Law } from "../../laws/definition/Law.ts";
import { requireLaw } from "../../laws/definition/requireLaw.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { fitOptionNames } from "../objective/FitOptions.ts";
import { readCell, readWeight } from "../objective/readTable.ts";
import { type FitGroupsOptions, fitGroups } from "./fitGroups.ts";
import type { GroupFit } from "./GroupFit.ts";

/** How `fitResponses` reads several responses of the same runs, and what `fitGroups` takes besides. */
export interface FitResponsesOptions<P extends string = string>
  extends Omit<FitGroupsOptions<P, Record<string, unknown>>, "group" | "weights"> {
  /** Fields of a run, each a response that the law predicts. A run without a value for one counts for the others. */
  readonly responses: readonly string[];
  /** Weight of each run for each response: a function of the run, its row and the response. Default: 1. */
  readonly weights?: (run: Record<string, unknown>, row: number, response: string) => number;
}

const optionNames = [
  "responses",
  "shared",
  ...fitOptionNames.filter((name) => name !== "start"),
] as readonly (keyof FitResponsesOptions)[];

/**
 * Fits one law to several responses of the same runs at once, such as the losses on five test sets: `shared` parameters
 * have one value for all responses, the others one for each. Responses go by their field's name in the fit, as groups do.
 *
 * Residuals of different responses count as independent: intervals of shared parameters are too narrow where a run that is
 * bad on one set is bad on all.
 *
 * @returns a `GroupFit` whose groups are the responses
 * @throws RangeError when a response is named twice or no run has it, or as `fitGroups` does
 *
 * @example
 * ```ts
 * import { fitResponses, powerLaw, squared } from "isoflop";
 * const runs = [1e7, 1e8, 1e9, 1e10].map((nParams) => ({ nParams, web: 1 + 9 / nParams ** 0.1, code: 2 + 5 / nParams ** 0.1 }));
 * const both = fitResponses(powerLaw("nParams"), runs, { responses: ["web", "code"], shared: ["alpha"], loss: squared() });
 * both.shared.alpha; // => 0.1
 * both.predict({ nParams: 1e10 }, "code"); // => 2.5
 * ```
 */
export function fitResponses<V extends string, P extends string, R extends string>(
  law: Law<V, P, R>,
  runs: readonly Readonly<Record<string, unknown>>[],
  options: FitResponsesOptions<P>,
): GroupFit<V, P, R> {
  requireLaw("fitResponses", law);
  requireRows("fitResponses", runs);
  requireOptions("fitResponses", options, optionNames);
  const { responses, weights, ...rest } = options;
  const isNamed = (name: unknown) => typeof name === "string" && name !== "";
  if (!Array.isArray(responses) || responses.length === 0 || !responses.every(isNamed)) {
    throw new RangeError(
      `responses must be one or more different fields, got ${JSON.stringify(responses)}; such as ["web", "code"]`,
    );
  }
  if (new Set(responses).size !== responses.length) {
    throw new RangeError(
      `responses must be different fields, got ${responses.join(", ")}; name each of them once`,
    );
  }
  if (weights !== undefined && typeof weights !== "function") {
    throw new TypeError(
      `weights must be a function of the run, its row and the response, got ${describeGiven(weights)}; such as (run) => run.weight`,
    );
  }
  const positive = law.response.domain === "positive" || (rest.residual ?? "log") === "log";
  const rows: Record<string, unknown>[] = [];
  for (const response of responses as string[]) {
    if (law.variables.some(({ name }) => name === response))
      throw new RangeError(`${law.name} reads ${response}; it cannot be a response as well`);
    const before = rows.length;
    for (const [row, run] of runs.entries()) {
      // What is no run at all has no value that could be left out.
      if (run === null || run === undefined) readCell(response, undefined, positive, row);
      const value = run[response];
      if (value === undefined || value === null || Number.isNaN(value)) continue;
      // Read here, where messages can name the response and the row that was given.
      const own: Record<string, unknown> = {};
      for (const { name, domain } of law.variables) {
        own[name] = readCell(name, run[name], domain === "positive", row);
      }
      own[law.response.name] = readCell(response, value, positive, row);
      own[groupField] = response;
      if (weights) own[weightField] = readWeight(weights(run, row, response), row);
      rows.push(own);
    }
    if (rows.length === before)
      throw new RangeError(`no run has a value for ${response}; name another response`);
  }
  return fitGroups(
    law as Law,
    rows as never,
    {
      ...rest,
      group: (run: Record<string, unknown>) => run[groupField] as string,
      ...(weights && { weights: (run: Record<string, unknown>) => run[weightField] as number }),
    } as never,
  ) as unknown as GroupFit<V, P, R>;
}

// No law's variable can be called this: names have no spaces.
const groupField = "the response";
const weightField = "the weight";
