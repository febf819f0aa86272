import type { Random } from "../../../numerics/random/Random.ts";
import type { StepClock } from "../../engine/EngineStep.ts";
import type { CheckedPolicy } from "../ServingPolicy.ts";
import type { Measured } from "./Measured.ts";
import type { RequestTable } from "./RequestTable.ts";

/** Who an instance is, and what it works with. */
export interface InstanceOptions {
  readonly index: number;
  readonly role: "both" | "prefill" | "decode";
  readonly clock: StepClock;
  readonly policy: CheckedPolicy;
  readonly table: RequestTable;
  readonly measured: Measured;
  readonly random: Random;
}
