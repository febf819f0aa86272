import { refusal, requireNonNegative } from "../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";

/**
 * Throws unless every checkpoint has a loss >= 0 and an accuracy from 0 to 1: a percentage would be fitted, by a law that cannot
 * leave that range.
 */
export function requireCheckpoints(
  of: string,
  checkpoints: readonly { readonly taskLoss: number; readonly accuracy: number }[],
): void {
  requireRows(of, checkpoints);
  for (const [i, checkpoint] of checkpoints.entries()) {
    requireNonNegative("taskLoss", checkpoint?.taskLoss, { in: `row ${i}` });
    const share = checkpoint.accuracy;
    if (!(typeof share === "number" && share >= 0 && share <= 1)) {
      throw refusal(
        "accuracy",
        "must lie between 0 and 1",
        share,
        `divide percentages by 100, or drop row ${i}`,
      );
    }
  }
}
