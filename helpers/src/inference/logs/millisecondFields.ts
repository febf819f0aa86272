import type { LogRecord } from "./LogRecord.ts";
import type { LoggedTime } from "./ServingLog.ts";

/**
 * A time of vLLM's or SGLang's results: `mean_NAME_ms`, `median_NAME_ms`, and `pNN_NAME_ms` for each percentile asked for.
 *
 * @returns undefined where none of them is there
 */
export function millisecondFields(record: LogRecord, name: string): LoggedTime | undefined {
  const meanMs = record.amount(`mean_${name}_ms`);
  const percentilesS: Record<string, number> = {};
  const median = record.amount(`median_${name}_ms`);
  if (median !== undefined) percentilesS["50"] = median / 1e3;
  const pattern = new RegExp(`^p(\\d+(?:\\.\\d+)?)_${name}_ms$`);
  for (const field of Object.keys(record.fields)) {
    const percent = pattern.exec(field)?.[1];
    const value = percent === undefined ? undefined : record.amount(field);
    if (percent !== undefined && value !== undefined) percentilesS[percent] = value / 1e3;
  }
  if (meanMs === undefined && Object.keys(percentilesS).length === 0) return undefined;
  return { ...(meanMs === undefined ? {} : { meanS: meanMs / 1e3 }), percentilesS };
}
