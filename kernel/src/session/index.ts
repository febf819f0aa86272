export { clearOutput, type DisplayHandle, type DisplayOptions, display } from "./display.ts";
export { input, prompt } from "./prompt.ts";
