export { type CooldownBranch, type CooldownCost, cooldownCost } from "./cooldownCost.ts";
export { type CurveForecast, type ForecastPoint, forecastCurve } from "./forecastCurve.ts";
export { type OptimisedSchedule, optimiseSchedule } from "./optimiseSchedule.ts";
export { type CurvePoint, predictCurve } from "./predictCurve.ts";
