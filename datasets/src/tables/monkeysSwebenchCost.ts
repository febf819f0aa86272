import { integer, number, positive, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Table 1 of Large Language Monkeys: what five attempts of a cheap model cost against one of a dear model.
 *
 * - `model`: model
 * - `usdPerAttempt`: price of one attempt at one issue (USD)
 * - `attempts`: attempts at each issue
 * - `issuesSolvedPct`: issues solved by any attempt (%)
 * - `totalCostUsd`: printed total (USD)
 * - `nIssues`: issues
 *
 * @example
 * import { monkeysSwebenchCost } from "isoflop-datasets";
 * monkeysSwebenchCost().map((row) => row.totalCostUsd); // => [10.8, 39, 51]
 */
export const monkeysSwebenchCost = defineTable("monkeys_swebench_cost", {
  model: text("model"),
  usdPerAttempt: positive("usd_per_attempt"),
  attempts: integer("attempts", { min: 1 }),
  issuesSolvedPct: number("issues_solved_pct", { min: 0, max: 100 }),
  totalCostUsd: positive("total_cost_usd"),
  nIssues: integer("n_issues", { min: 1 }),
});
