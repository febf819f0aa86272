export { type DanfoFrame, fromDanfo } from "./fromDanfo.ts";
export { toDanfo } from "./toDanfo.ts";
