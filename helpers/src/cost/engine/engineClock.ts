import { forwardFlops } from "../arithmetic/forwardFlops.ts";
import { cacheTraffic, weightTraffic } from "../serving/stepTraffic.ts";
import type { StepClock } from "./EngineStep.ts";
import type { ServingScenario } from "./ServingScenario.ts";

/** PLACEHOLDER of the coordinator: the ideal roofline of a step, until the calibrated one stands here. */
export function engineClock(scenario: ServingScenario): StepClock {
  const { model, accelerator, bits, serve } = scenario;
  const { tensorParallel, attentionDataParallel } = serve.layout;
  const devices = tensorParallel * attentionDataParallel;
  const peak =
    (accelerator.peakFlopsPerS[bits.activations as 16 | 8 | 4] ?? accelerator.peakFlopsPerS[16]) * devices;
  const token = forwardFlops(model, { newTokens: 1, cached: 1, latent: "absorbed" }).total;
  return ({ promptTokens, decoding, cachedTokens }) => {
    const tokens = promptTokens + decoding;
    if (tokens === 0) return 0;
    const weights = weightTraffic(model, { bits: bits.weights, tokens, tensorParallel: 1 }) / devices;
    const mean = decoding > 0 ? Math.round(cachedTokens / decoding) : 0;
    const cache = decoding * cacheTraffic(model, { cached: mean, bits: bits.kv, tensorParallel: 1 });
    return (
      Math.max((tokens * token) / peak, (weights + cache / devices) / accelerator.memoryBytesPerS) + 3e-3
    );
  };
}
