import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/**
 * FLOPs of a distillation: `3 F_S D_S + F_T (logits D_S + 3 pretrain D_T)`, F the FLOPs of a forward pass per token.
 *
 * A teacher that exists costs nothing, unless its logits have to be made for this student; one that is trained for the
 * purpose costs its training too. A share between 0 and 1 divides a teacher among several students.
 *
 * @param run forward FLOPs per token of student and teacher (about 2 N), tokens of distillation and of the teacher's
 * training, and which of the teacher's costs count: `logits` and `pretrain`, 0 to 1
 * @returns FLOPs
 * @throws RangeError when a number is not > 0, or a share is negative
 *
 * Source: Busbridge et al. 2025 (arXiv 2502.08606), the compute of distillation.
 *
 * @example
 * import { distillationFlops } from "isoflop";
 * const run = { studentForward: 2e9, teacherForward: 6e9, studentTokens: 20e9, teacherTokens: 60e9 };
 * distillationFlops({ ...run, logits: 0, pretrain: 0 }); // => 1.2e20
 * distillationFlops({ ...run, logits: 1, pretrain: 1 }); // => 1.32e21
 */
export function distillationFlops(run: {
  readonly studentForward: number;
  readonly teacherForward: number;
  readonly studentTokens: number;
  readonly teacherTokens: number;
  readonly logits: number;
  readonly pretrain: number;
}): number {
  requireOptions("distillationFlops", run, [
    "studentForward",
    "teacherForward",
    "studentTokens",
    "teacherTokens",
    "logits",
    "pretrain",
  ]);
  const { studentForward, teacherForward, studentTokens, teacherTokens, logits, pretrain } = run;
  requirePositive("studentForward", studentForward, "give FLOPs per token, such as 2e9");
  requirePositive("teacherForward", teacherForward, "give FLOPs per token, such as 6e9");
  requirePositive("studentTokens", studentTokens, "give the tokens of distillation, such as 20e9");
  requirePositive("teacherTokens", teacherTokens, "give the teacher's training tokens, such as 60e9");
  requireNonNegative("logits", logits, "give 1 if the teacher is run for this student, else 0");
  requireNonNegative("pretrain", pretrain, "give 1 if the teacher is trained for this student, else 0");
  const teacherCost = logits * studentTokens + 3 * pretrain * teacherTokens;
  return 3 * studentForward * studentTokens + teacherForward * teacherCost;
}
