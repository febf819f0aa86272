import { number, oneOf } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * R² on test rows as posted on SLDBench's board in January 2026: published laws, two agents, and the best agent of each task.
 *
 * @example
 * import { sldScores } from "isoflop-datasets";
 * sldScores().find((row) => row.entry === "human" && row.task === "mixture")?.r2; // => 0.671
 */
export const sldScores = defineTable("sld_scores", {
  board: oneOf("board", ["2026-01-08", "2026-01-14"]),
  entry: oneOf("entry", ["human", "sldagent_gpt5", "goose_gpt5", "best_agent"]),
  task: oneOf("task", [
    "parallel",
    "vocabulary",
    "fine_tuning",
    "mixture",
    "experts",
    "limited_data",
    "rate_and_batch",
    "u_shape",
  ]),
  r2: number("r2"),
});
