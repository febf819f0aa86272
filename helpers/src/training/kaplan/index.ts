export { type ComputeExponents, kaplanComputeExponents } from "./kaplanComputeExponents.ts";
export { type KaplanCrossing, kaplanCrossing } from "./kaplanCrossing.ts";
export * from "./publishedKaplanLaws.ts";
