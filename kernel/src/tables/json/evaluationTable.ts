import { isObject } from "./isObject.ts";
import type { JsonRecord } from "./JsonRecord.ts";
import type { JsonTable } from "./JsonTable.ts";

/**
 * The results of lm-eval (`results_….json`): one row a task, with the task's metrics (`acc`, `acc_stderr`; a filter other
 * than "none" as in `exact_match.strict-match`), and beside them `config`, the model's name and the number of shots.
 * Undefined where the text is none.
 */
export function evaluationTable(document: JsonRecord): JsonTable | undefined {
  const { results, config, versions } = document;
  if (!isObject(results) || (!isObject(versions) && !isObject(document["n-shot"]))) return undefined;
  const tasks = Object.entries(results);
  if (tasks.length === 0 || !tasks.every(([, metrics]) => isObject(metrics))) return undefined;
  const shots = isObject(document["n-shot"]) ? document["n-shot"] : {};
  const model = typeof document.model_name === "string" ? { model_name: document.model_name } : {};
  const records = tasks.map(([task, metrics]): JsonRecord => {
    const named = Object.entries(metrics as JsonRecord)
      .filter(([name]) => name !== "alias" && name !== "name")
      .map(([name, value]) => [name.replace(/,none$/, "").replace(",", "."), value]);
    const shot = Object.hasOwn(shots, task) ? { n_shot: shots[task] } : {};
    return { task, ...model, ...shot, ...Object.fromEntries(named), ...(isObject(config) && { config }) };
  });
  return { records, notes: [`results of lm-eval: one row a task, ${tasks.length} tasks`], isLog: true };
}
