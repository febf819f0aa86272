import { integer, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * The ten models of Narayanan et al. 2023 with their shapes and machines.
 *
 * - `modelId`: model, as in helm_api_scenario_runtimes
 * - `displayName`: name as printed
 * - `nParams`: model size (parameters)
 * - `hiddenSize`: width of the residual stream
 * - `nLayers`: transformer layers
 * - `gpusA100`: A100s that one replica occupies
 * - `gpusV100`: V100s that one replica occupies
 * - `modelKey`: the profile that stands for the model; joins to helm_profiled_runtimes
 * - `usdPerA100Hour`: AWS price at the time (p4d / 8) (USD per GPU-hour)
 * - `usdPerV100Hour`: AWS price at the time (USD per GPU-hour)
 *
 * @example
 * import { helmModels } from "isoflop-datasets";
 * helmModels().find((model) => model.modelId === "bloom")?.gpusA100; // => 8
 */
export const helmModels = defineTable("helm_models", {
  modelId: text("model_id"),
  displayName: text("display_name"),
  nParams: positive("n_params"),
  hiddenSize: integer("hidden_size", { min: 1 }),
  nLayers: integer("n_layers", { min: 1 }),
  gpusA100: integer("gpus_a100", { min: 1 }),
  gpusV100: integer("gpus_v100", { min: 1 }),
  modelKey: text("model_key"),
  usdPerA100Hour: positive("usd_per_a100_hour"),
  usdPerV100Hour: positive("usd_per_v100_hour"),
});
