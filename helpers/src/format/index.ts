export { escapeHtml } from "./escapeHtml.ts";
export { formatCount } from "./formatCount.ts";
export { formatFlops } from "./formatFlops.ts";
export { formatNumber } from "./formatNumber.ts";
export { formatPercent } from "./formatPercent.ts";
export { type Displayable, jupyterDisplay, type MimeBundle } from "./jupyterDisplay.ts";
export { rangeNote } from "./rangeNote.ts";
export { roundRecords } from "./roundRecords.ts";
export { textTable } from "./textTable.ts";
