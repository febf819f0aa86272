/** Data-sheet rates of an accelerator. */
export interface Accelerator {
  readonly name: string;
  readonly memoryBytes: number;
  readonly memoryBytesPerS: number;
  /** Dense peak rates by the bits of the operands; absent where there is none. */
  readonly peakFlopsPerS: { readonly 16: number; readonly 8?: number; readonly 4?: number };
}

const GB = 1e9;
const tera = 1e12;
const card = (
  name: string,
  memoryGb: number,
  gbPerS: number,
  peak16: number,
  peak8?: number,
  peak4?: number,
): Accelerator => ({
  name,
  memoryBytes: memoryGb * GB,
  memoryBytesPerS: gbPerS * GB,
  peakFlopsPerS: {
    16: peak16 * tera,
    ...(peak8 ? { 8: peak8 * tera } : {}),
    ...(peak4 ? { 4: peak4 * tera } : {}),
  },
});

/**
 * Accelerators by name, from NVIDIA's data sheets (dense rates; 8-bit is INT8 on A100 and FP8 on H100).
 * More, with their source, are in the data set `acceleratorSpecs`.
 *
 * @example
 * import { accelerators } from "isoflop";
 * accelerators["h100-sxm-80gb"].peakFlopsPerS[16]; // => 989e12
 */
export const accelerators = {
  "v100-sxm-32gb": card("V100-SXM-32GB", 32, 900, 125),
  "a10-24gb": card("A10-24GB", 24, 600, 125, 250, 500),
  "a100-sxm-40gb": card("A100-SXM-40GB", 40, 1555, 312, 624, 1248),
  "a100-sxm-80gb": card("A100-SXM-80GB", 80, 2039, 312, 624, 1248),
  "h100-sxm-80gb": card("H100-SXM-80GB", 80, 3350, 989, 1979),
} as const satisfies Record<string, Accelerator>;

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
