export { clearOutput, DisplayHandle, type DisplayOptions, display } from "./display/display.ts";
export { type Progress, progress } from "./display/progress.ts";
export { type EscapingTag, html, type Markup, type MarkupTag, md, svg } from "./display/taggedTemplates.ts";
export { verdicts } from "./display/verdicts.ts";
export { Channel, type CommHandler, comm } from "./frontend/comm.ts";
export { input, prompt } from "./frontend/prompt.ts";
