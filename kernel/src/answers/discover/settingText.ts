import { formatNumber, type RunSetting } from "isoflop";

/** A setting of a run as people read it. */
export const settingText = (run: RunSetting): string =>
  Object.entries(run)
    .map(([name, value]) => `${name} = ${typeof value === "number" ? formatNumber(value, 3) : value}`)
    .join(", ");
