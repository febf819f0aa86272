export * from "./arithmetic/index.ts";
export * from "./serving/index.ts";
