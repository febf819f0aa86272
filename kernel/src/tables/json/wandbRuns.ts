import { isListOfObjects, isObject } from "./isObject.ts";
import type { JsonRecord } from "./JsonRecord.ts";
import { parseJson } from "./parseJson.ts";

/** The maps of a run that the wandb API hands over as JSON within a text. */
const maps = ["config", "json_config", "summary", "summaryMetrics", "summary_metrics", "systemMetrics"];

/** A run whose maps are objects, in which `{"value": 3, "desc": null}` is 3. */
export function openedRun(run: JsonRecord): JsonRecord {
  if (!maps.some((name) => Object.hasOwn(run, name))) return run;
  return Object.fromEntries(
    Object.entries(run).map(([name, value]) => [name, maps.includes(name) ? opened(value) : value]),
  );
}

function opened(value: unknown): unknown {
  let map = value;
  if (typeof value === "string" && value.trimStart().startsWith("{")) {
    try {
      map = parseJson(value);
    } catch {
      return value;
    }
  }
  if (!isObject(map)) return map;
  return Object.fromEntries(
    Object.entries(map).map(([key, held]) => [key, isSetting(held) ? held.value : held]),
  );
}

function isSetting(value: unknown): value is JsonRecord {
  if (!isObject(value) || !Object.hasOwn(value, "value")) return false;
  return Object.keys(value).every((key) => key === "value" || key === "desc");
}

/** The runs in an answer of the API: `{"data": {"project": {"runs": {"edges": [{"node": …}]}}}}`. */
export function runEdges(document: JsonRecord): JsonRecord[] | undefined {
  let value: unknown = document;
  for (const key of ["data", "project", "runs", "edges"])
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : value;
  if (!isListOfObjects(value) || !value.every(({ node }) => isObject(node))) return undefined;
  return value.map(({ node }) => node as JsonRecord);
}
