export * from "./allReduceSeconds.ts";
export * from "./CollectiveClockOptions.ts";
export type { CollectiveKind, CollectiveProfile } from "./CollectiveProfile.ts";
export { type CollectiveConstants, calibrateCollectives } from "./calibrateCollectives.ts";
export * from "./collectiveClock.ts";
export * from "./collectiveSeconds.ts";
export * from "./expertExchangeBytes.ts";
export {
  type ExpertExchangeOptions,
  type ExpertExchangeTime,
  expertExchangeSeconds,
} from "./expertExchangeSeconds.ts";
export * from "./gatherSeconds.ts";
export * from "./kvTransferSeconds.ts";
export * from "./LinkedAccelerator.ts";
export {
  type MachineCollectiveKind,
  type MachineCollectiveOptions,
  machineCollectiveClock,
} from "./machineCollectiveClock.ts";
export * from "./nodesAllReduceSeconds.ts";
export * from "./publishedCollectives.ts";
export * from "./ringAllReduceSeconds.ts";
