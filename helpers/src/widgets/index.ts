export { type RefitWidget, widgetMimeType } from "./RefitWidget.ts";
export { type RefitPanel, type RefitPanelOptions, type RefitPanelRun, refitPanel } from "./refitPanel.ts";
