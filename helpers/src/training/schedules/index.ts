export { cosineSchedule } from "./cosineSchedule.ts";
export { powerSchedule } from "./powerSchedule.ts";
export type { Schedule } from "./Schedule.ts";
export { type SchedulePoint, scheduleTable } from "./scheduleTable.ts";
export { wsdSchedule } from "./wsdSchedule.ts";
