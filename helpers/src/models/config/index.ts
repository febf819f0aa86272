export { modelFromConfig } from "./modelFromConfig.ts";
