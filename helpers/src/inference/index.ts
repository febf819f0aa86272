export * from "./denoiseRuntimes.ts";
export * from "./denseTransformerFlops.ts";
export * from "./fitRuntime.ts";
export * from "./linearFit.ts";
export * from "./paretoFrontier.ts";
export * from "./predictRuntime.ts";
export * from "./runtimeCost.ts";
