export { checkLayout } from "./checkLayout.ts";
export type { CheckedLayout, Layout, RecomputedModule } from "./Layout.ts";
