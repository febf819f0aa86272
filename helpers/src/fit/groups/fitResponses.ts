import type { Law } from "../../laws/definition/Law.ts";
import { requireLaw } from "../../laws/definition/requireLaw.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
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
  const { responses, weights, ...rest } = options ?? {};
  if (!Array.isArray(responses) || responses.length === 0 || new Set(responses).size !== responses.length) {
    throw new RangeError(`responses must be one or more different fields, got ${JSON.stringify(responses)}`);
  }
  const names = law.variables.map(({ name }) => name as string);
  const rows: Record<string, unknown>[] = [];
  for (const response of responses as string[]) {
    if (names.includes(response))
      throw new RangeError(`${law.name} reads ${response}; it cannot be a response as well`);
    const before = rows.length;
    for (const [row, run] of runs.entries()) {
      const value = run[response];
      if (value === undefined || value === null || Number.isNaN(value)) continue;
      const variables = Object.fromEntries(names.map((name) => [name, run[name]]));
      rows.push({
        ...variables,
        [law.response.name]: value,
        [groupField]: response,
        [weightField]: weights?.(run, row, response),
      });
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
