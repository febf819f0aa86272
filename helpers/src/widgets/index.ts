export type { MemoryWidget, PackedModel } from "./MemoryWidget.ts";
export { type MemoryPanel, memoryPanel } from "./memoryPanel.ts";
export { unpackModel } from "./packModel.ts";
export { type RefitWidget, widgetMimeType } from "./RefitWidget.ts";
export { type RefitPanel, type RefitPanelOptions, type RefitPanelRun, refitPanel } from "./refitPanel.ts";
export type { ServingChoice, ServingWidget } from "./ServingWidget.ts";
export { hasExperts, servingOf } from "./servingOf.ts";
export { type ServingPanel, type ServingPanelOptions, servingPanel } from "./servingPanel.ts";
export { type ServingRow, servingRows, servingSays } from "./servingRows.ts";
