import { busbridge2025Supervised } from "../../laws/levers/coupledChinchilla.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { minimiseScalar } from "../../numerics/minimiseScalar.ts";

/** Constants of the law of distillation: of the bend where the teacher is too good, and of the student's terms. */
export interface DistillationConstants {
  readonly c0: number;
  readonly c1: number;
  readonly d1: number;
  readonly f1: number;
  readonly A: number;
  readonly B: number;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  /** Loss of the student when it is trained without a teacher. */
  readonly supervised: {
    predict(run: { readonly nParams: number; readonly nTokens: number }): number;
  };
  readonly source: string;
  readonly units: Readonly<Record<string, string>>;
}

/** A student, and the tokens on which it imitates a teacher. */
export interface Student {
  /** Parameters without embeddings. */
  readonly nParams: number;
  /** Tokens of distillation. */
  readonly nTokens: number;
  /** By default `busbridge2025`. */
  readonly constants?: DistillationConstants;
}

/**
 * Busbridge's constants of distillation: C4, muP, temperature 1, from 697 runs that are not public. The paper's interval of
 * c1 has no width: it is not identified, and only its product with f1 shapes the law.
 *
 * Source: Busbridge et al. 2025 (arXiv 2502.08606), appendix F.3, table 6.
 *
 * @example
 * import { busbridge2025 } from "isoflop";
 * busbridge2025.d1; // => 1.315
 */
export const busbridge2025: DistillationConstants = Object.freeze({
  c0: 2.549,
  c1: 522.6,
  d1: 1.315,
  f1: 0.09,
  A: 2243,
  B: 24181,
  alpha: 0.321,
  beta: 0.637,
  gamma: 0.764,
  supervised: busbridge2025Supervised,
  source: "Busbridge et al. 2025 (arXiv 2502.08606), appendix F.3, table 6",
  units: Object.freeze({
    A: "nats per token to 1 / gamma, times parameters to alpha",
    B: "nats per token to 1 / gamma, times tokens to beta",
    d1: "1, the student's loss without a teacher over the teacher's at the bend",
    exponents: "1",
  }),
});

/**
 * Loss of a student distilled from a teacher:
 * `L_S = L_T + L_T^-c0 (1 + (L_T / (d1 L~))^(1/f1))^(-c1 f1) (A / N^alpha + B / D^beta)^gamma`,
 * with L~ the student's loss without a teacher.
 *
 * With much size and data a student comes to its teacher's loss and no lower. The middle factor is the gap of capacity: where
 * the teacher is much better than the student could be alone, a better one helps less.
 *
 * @param student nParams without embeddings, nTokens of distillation, teacherLoss in nats per token; constants
 * @returns nats per token on C4
 * @throws RangeError when a number is not > 0
 *
 * Source: Busbridge et al. 2025 (arXiv 2502.08606), the distillation law, appendix F.
 *
 * @example
 * import { distilledLoss } from "isoflop";
 * distilledLoss({ nParams: 1e9, nTokens: 20e9, teacherLoss: 2.2 }); // => 2.3170
 */
export function distilledLoss(student: Student & { readonly teacherLoss: number }): number {
  requireOptions("distilledLoss", student, ["nParams", "nTokens", "teacherLoss", "constants"]);
  const { nParams, nTokens, teacherLoss, constants = busbridge2025 } = student;
  requirePositive("teacherLoss", teacherLoss, "give the teacher's nats per token, such as 2.2");
  const alone = lossAlone(constants, { nParams, nTokens });
  const { c0, c1, d1, f1, A, B, alpha, beta, gamma } = constants;
  // (1 + r^(1/f1))^(-c1 f1) as a logarithm: r^(1/f1) alone leaves the range of numbers.
  const power = Math.log(teacherLoss / (alone * d1)) / f1;
  const bend = -c1 * f1 * (power > 30 ? power : Math.log1p(Math.exp(power)));
  const terms = A / nParams ** alpha + B / nTokens ** beta;
  return teacherLoss + teacherLoss ** -c0 * Math.exp(bend) * terms ** gamma;
}

/** Parameters and tokens at which no law of this kind has anything left to lose. */
const endless = 1e100;

/**
 * The teacher from which a student learns most: the loss L_T at which `distilledLoss` is least.
 *
 * @param student nParams without embeddings, nTokens of distillation; constants
 * @returns the teacher's loss and the student's, nats per token
 * @throws RangeError when a number is not > 0
 *
 * Source: Busbridge et al. 2025 (arXiv 2502.08606); minimised numerically between the floor of the supervised law, below which
 * there is no teacher, and twice the loss of the student without a teacher.
 *
 * @example
 * import { bestTeacher } from "isoflop";
 * const { teacherLoss, loss } = bestTeacher({ nParams: 1e9, nTokens: 20e9 });
 * teacherLoss; // => 1.7227
 * loss; // => 2.2523
 */
export function bestTeacher(student: Student): { readonly teacherLoss: number; readonly loss: number } {
  requireOptions("bestTeacher", student, ["nParams", "nTokens", "constants"]);
  const { nParams, nTokens, constants = busbridge2025 } = student;
  const alone = lossAlone(constants, { nParams, nTokens });
  const lossOf = (log: number) => distilledLoss({ ...student, teacherLoss: Math.exp(log) });
  // No teacher is better than a model without limit of size and data.
  const floor = lossAlone(constants, { nParams: endless, nTokens: endless });
  const log = minimiseScalar(lossOf, Math.log(floor), Math.log(2 * alone));
  return { teacherLoss: Math.exp(log), loss: lossOf(log) };
}

function lossAlone(constants: DistillationConstants, student: { nParams: number; nTokens: number }): number {
  if (typeof constants?.supervised?.predict === "function") return constants.supervised.predict(student);
  throw new TypeError(
    "constants of a distillation need a supervised law with predict, such as busbridge2025.supervised; give one",
  );
}
