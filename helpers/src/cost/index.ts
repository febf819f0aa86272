export * from "./adapters/index.ts";
export * from "./arithmetic/index.ts";
export * from "./memory/index.ts";
export * from "./run/index.ts";
export * from "./serving/index.ts";
