import { mergedSteps } from "../logs/mergedSteps.ts";
import { isListOfObjects } from "./isObject.ts";
import type { JsonRecord } from "./JsonRecord.ts";
import type { JsonTable } from "./JsonTable.ts";

/**
 * The log of a Hugging Face trainer (`trainer_state.json`): one row a step, with what was logged there (loss, eval_loss,
 * epoch, …). Undefined where the text is none.
 */
export function trainerTable(document: JsonRecord): JsonTable | undefined {
  const { log_history: log } = document;
  if (Array.isArray(log) && log.length === 0 && "global_step" in document)
    return { records: [], notes: [], isLog: true };
  if (!isListOfObjects(log) || !log.every((entry) => typeof entry.step === "number")) return undefined;
  const { rows, notes } = mergedSteps(log, "step");
  const note = `the log of a Hugging Face trainer: ${rows.length} steps`;
  return { records: rows, notes: [note, ...notes], isLog: true };
}
