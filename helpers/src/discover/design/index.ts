export { type DecidingRun, decidingRun } from "./decidingRun.ts";
export { designRuns } from "./designRuns.ts";
export type {
  CandidateRun,
  DesignAlternative,
  DesignedRun,
  DesignOptions,
  RunDesign,
  RunSetting,
  WidthLeft,
} from "./RunDesign.ts";
