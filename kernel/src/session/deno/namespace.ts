export * as Deno from "./api.ts";
