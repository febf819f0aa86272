export {
  type DeepSpeedEstimate,
  deepSpeedZero2Estimate,
  deepSpeedZero3Estimate,
} from "./deepSpeedEstimate.ts";
export {
  type MatrixSize,
  type OptimizerName,
  optimizerNames,
  optimizerStateBytes,
} from "./optimizerStateBytes.ts";
export * from "./training/index.ts";
export { zeroActivationValues } from "./zeroActivationValues.ts";
export { zeroMaxParams } from "./zeroMaxParams.ts";
export {
  type StateBytes,
  type ZeroSetting,
  type ZeroStateBytes,
  zeroStateBytes,
} from "./zeroStateBytes.ts";
export { type ZeroTraffic, zeroTraffic } from "./zeroTraffic.ts";
