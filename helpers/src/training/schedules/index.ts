export { constantSchedule } from "./constantSchedule.ts";
export { type CooldownShape, cooldownSchedule } from "./cooldownSchedule.ts";
export { cosineSchedule } from "./cosineSchedule.ts";
export { learningRates } from "./learningRates.ts";
export { powerSchedule } from "./powerSchedule.ts";
export type { Schedule } from "./Schedule.ts";
export { type SchedulePoint, scheduleTable } from "./scheduleTable.ts";
export { twoStageSchedule } from "./twoStageSchedule.ts";
export { wsdSchedule } from "./wsdSchedule.ts";
