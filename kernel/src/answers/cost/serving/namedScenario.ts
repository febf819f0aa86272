import { modelNamed, type ServingScenario } from "isoflop";
import type { ServingChoice } from "./ServingChoice.ts";
import { scenarioFromOptions } from "./scenarioFromOptions.ts";

/** PLACEHOLDER, for the placeholder of `readServingRow`. */
export const namedScenario = (model: string, choice: ServingChoice): ServingScenario =>
  scenarioFromOptions(modelNamed(model), choice);
