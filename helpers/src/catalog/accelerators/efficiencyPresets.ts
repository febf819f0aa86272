/** Shares of an accelerator's peaks that a serving stack reaches, fitted to measurements. */
export interface EfficiencyPreset {
  /** Share of the peak FLOP/s. */
  readonly compute: number;
  /** Share of the memory bandwidth. */
  readonly memory: number;
  /** Time added to each pass for each layer, in seconds. */
  readonly secondsPerLayer?: number;
  /** What it was fitted to. */
  readonly source: string;
  /** Mean and largest |estimate / measurement − 1| over the points it was fitted to. */
  readonly meanError: number;
  readonly maxError: number;
}

/**
 * Efficiencies for `estimateServing`. In-sample errors on few points: expect more elsewhere.
 *
 * @example
 * import { efficiencyPresets } from "isoflop";
 * efficiencyPresets["a100-fp16-tensorrt"].maxError < 0.2; // => true
 */
export const efficiencyPresets = {
  "a100-fp16-tensorrt": {
    compute: 0.64,
    memory: 0.76,
    source: "5 latencies of TensorRT-LLM v0.5 and v0.6 (2023), Llama 2 on A100, 16 bit",
    meanError: 0.085,
    maxError: 0.16,
  },
  "h100-fp8-tensorrt": {
    compute: 0.4,
    memory: 0.85,
    secondsPerLayer: 78e-6,
    source:
      "10 latencies of TensorRT-LLM v0.5 and v0.6 (2023) and NIM 1.8 (2025), Llama 2 and 3 on H100, 8 bit",
    meanError: 0.07,
    maxError: 0.2,
  },
} as const satisfies Record<string, EfficiencyPreset>;
