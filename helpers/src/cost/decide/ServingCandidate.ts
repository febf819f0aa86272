import type { ServingConfiguration } from "./configurations/servingConfigurations.ts";
import type { EstimatedScenario } from "./differenceInterval.ts";

/** A configuration that fits, estimated, before it is compared with others. */
export interface ServingCandidate extends EstimatedScenario {
  readonly configuration: ServingConfiguration;
  readonly bytesPerDevice: number;
}
