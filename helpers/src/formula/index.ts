export { type DefineLawOptions, defineLaw } from "./defineLaw.ts";
