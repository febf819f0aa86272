export { formatScript } from "./formatScript.ts";
export { parseScript } from "./parseScript.ts";
