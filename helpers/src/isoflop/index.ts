export type { IsoflopRun } from "./IsoflopRun.ts";
export { type IsoflopOptions, type IsoflopParabola, isoflopParabolas } from "./isoflopParabolas.ts";
export type { LossOf } from "./minimiseOverSize.ts";
