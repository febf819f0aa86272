export * from "./claims/index.ts";
export * from "./figures/index.ts";
export * from "./format/index.ts";
export * from "./inference/index.ts";
export * from "./isoflop/index.ts";

export const version = "0.1.0";
