import type { EngineEstimate, Estimated } from "./EngineEstimate.ts";
import { engineClock } from "./engineClock.ts";
import type { ServingScenario } from "./ServingScenario.ts";

/** PLACEHOLDER of the coordinator: of the right type, until the calibrated one stands here. */
export function estimateEngine(scenario: ServingScenario): EngineEstimate {
  const { promptTokens: p, outputTokens: o, serve, prefill, load } = scenario;
  const count = ({ instances, layout }: typeof serve) =>
    instances * layout.tensorParallel * layout.pipelineParallel * layout.attentionDataParallel;
  const batch =
    load.kind === "closed"
      ? load.concurrency
      : load.kind === "static"
        ? load.batch
        : load.kind === "open"
          ? 8
          : 64;
  const decoding = Math.max(1, batch / serve.instances);
  const clock = engineClock(scenario);
  const step = clock({ promptTokens: 0, promptPairs: 0, decoding, cachedTokens: decoding * (p + o / 2) });
  const first = clock({ promptTokens: p, promptPairs: (p * (p + 1)) / 2, decoding: 0, cachedTokens: 0 });
  const tpot = step + (prefill ? 0 : (decoding / o) * first);
  const estimated = (value: number): Estimated => ({
    value,
    interval80: [value / 1.5, value * 1.5],
    interval95: [value / 2, value * 2],
  });
  return {
    ttftS: estimated(first + tpot),
    tpotS: estimated(tpot),
    tokensPerS: estimated((batch * o) / (first + tpot * o)),
    devices: count(serve) + (prefill ? count(prefill) : 0),
    decoding,
    inDistribution: false,
    calibratedOn: "placeholder",
    assumptions: scenario.assumptions,
  };
}
