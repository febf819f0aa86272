import type { EstimatedScenario } from "./differenceInterval.ts";
import type { ServingConfiguration } from "./servingConfigurations.ts";

/** A configuration that fits, estimated, before it is compared with others. */
export interface ServingCandidate extends EstimatedScenario {
  readonly configuration: ServingConfiguration;
  readonly bytesPerDevice: number;
}
