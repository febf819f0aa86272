export type { MemoryWidget, PackedModel } from "./MemoryWidget.ts";
export { type MemoryPanel, memoryPanel } from "./memoryPanel.ts";
export { unpackModel } from "./packModel.ts";
export { type RefitWidget, widgetMimeType } from "./RefitWidget.ts";
export { type RefitPanel, type RefitPanelOptions, type RefitPanelRun, refitPanel } from "./refitPanel.ts";
