import { modelNamed } from "../../catalog/modelNamed.ts";
import type { Model } from "../../models/Model.ts";
import { quoted } from "./rowCells.ts";

/** A spelling without what says how the model was trained or stored: "LLAMA3_70B LoRA", "Qwen3_30B_a3B (tokendrop)". */
export function withoutRemarks(spelling: string): string {
  let plain = spelling.trim();
  for (;;) {
    const shorter = plain.replace(
      /\s*\([^()]*\)$|[\s_-]+(?:q?lora|peft|sft|pre-?training|instruct|base|hf|it|chat)$/i,
      "",
    );
    if (shorter === plain || shorter === "") return plain;
    plain = shorter;
  }
}

/**
 * The model of the catalogue that a cell of the column `model` means.
 *
 * @throws RangeError on a cell that means none, or several
 */
export function rowModel(spelling: string): Model {
  if (spelling === "") throw new RangeError("no model (column model)");
  let several: string | undefined;
  // As it is written, then without what it says besides.
  for (const name of new Set([
    spelling,
    withoutRemarks(spelling),
    withoutRemarks(spelling).replace(/_/g, "-"),
  ])) {
    try {
      return modelNamed(name);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      several ??= /fits several models: .*/.exec(error.message)?.[0];
    }
  }
  throw new RangeError(
    several ? `model ${quoted(spelling)} ${several}` : `no model ${quoted(spelling)} in the catalogue`,
  );
}
