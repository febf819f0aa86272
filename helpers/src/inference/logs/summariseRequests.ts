import { mean } from "../../numerics/mean.ts";
import { quantileOfSorted } from "../../numerics/quantile.ts";
import type { LoggedRequest, LoggedSummary, LoggedTime } from "./ServingLog.ts";

/** The percentiles that benchmarks report. */
const percentiles = [50, 90, 95, 99];

/** What the requests of a run say together: means of their lengths, and their times. */
export function summariseRequests(requests: readonly LoggedRequest[]): LoggedSummary {
  if (requests.length === 0) return {};
  return {
    promptTokens: mean(requests.map((request) => request.promptTokens)),
    outputTokens: mean(requests.map((request) => request.outputTokens)),
    ...defined("ttft", timeOf(requests, "ttftS")),
    ...defined("tpot", timeOf(requests, "tpotS")),
    ...defined("e2e", timeOf(requests, "e2eS")),
    completed: requests.length,
  };
}

function timeOf(
  requests: readonly LoggedRequest[],
  field: "ttftS" | "tpotS" | "e2eS",
): LoggedTime | undefined {
  const values = Float64Array.from(
    requests.flatMap((request) => (request[field] === undefined ? [] : [request[field]])),
  ).sort();
  if (values.length === 0) return undefined;
  const percentilesS = Object.fromEntries(
    percentiles.map((percent) => [String(percent), quantileOfSorted(values, percent / 100)]),
  );
  return { meanS: mean([...values]), percentilesS };
}

/** The field where there is a value, so that absent figures are absent and not undefined. */
export function defined<K extends string, V>(name: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: V };
}
