export { injectParameters } from "./injectParameters.ts";
export { inspectParameters, type Parameter } from "./inspectParameters.ts";
export { ParameterError } from "./ParameterError.ts";
