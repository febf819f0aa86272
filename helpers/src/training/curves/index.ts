export { type CooldownBranch, type CooldownCost, cooldownCost } from "./cooldownCost.ts";
export { type CurveErrors, curveErrors } from "./curveErrors.ts";
export { type CurveForecast, type ForecastPoint, forecastCurve } from "./forecastCurve.ts";
export { type HageleModel, hageleModel } from "./hageleModel.ts";
export { luoSchedule } from "./luoSchedule.ts";
export { type OptimisedSchedule, optimiseSchedule } from "./optimiseSchedule.ts";
export { type CurvePoint, predictCurve } from "./predictCurve.ts";
