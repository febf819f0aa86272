import type { Fit } from "../../fit/FitResult.ts";
import { fit } from "../../fit/fit.ts";
import { squared } from "../../fit/losses/squared.ts";
import { capabilityScore } from "../../laws/downstream/capabilityScore.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireNames } from "../../numerics/arguments/requireNames.ts";
import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { linearFit } from "../../numerics/lines/linearFit.ts";
import { type PcaScores, pcaScores } from "./pcaScores.ts";
import { requireShares, type ScoreRow } from "./readScores.ts";

/** Models, what their capabilities are read from, and what they shall predict. */
export interface ObservationalQuestion {
  /** Records with family, nParams, nTokens, benchmarks and the target. */
  readonly models: readonly ScoreRow[];
  /** Fields whose scores make up the capabilities. The target cannot be among them. */
  readonly benchmarks: readonly string[];
  /** Field of the score that is predicted, 0 to 1. */
  readonly target: string;
  /** Number of capabilities. Default 3. */
  readonly components?: number;
  /** Which models the law is fitted to, such as those below a compute. Default: all. Components come from these, too. */
  readonly train?: (model: ScoreRow) => boolean;
}

/** How fast a family turns compute into the first capability. */
export interface FamilyLine {
  readonly family: string;
  /** Models behind the line. */
  readonly n: number;
  /** Capability per e-fold of training compute, and at one FLOP. */
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
}

/** An observational law. Made by `observational`. */
export interface Observational {
  readonly pca: PcaScores;
  /** The sigmoid from capabilities to the target. */
  readonly fit: Fit<string, string, "score">;
  /** Families of three models and more of different compute, 6 N D. */
  readonly families: readonly FamilyLine[];
  /** Target of a model by its other scores. */
  predict(model: ScoreRow): number;
  /** Target of a model of a family that does not exist yet, by its compute: the family's line in every component. */
  predictFamily(family: string, flops: number): number;
}

/**
 * A scaling law from models that others trained: scores of many benchmarks are reduced to a few capabilities, a capability grows
 * linearly with ln C within a family, and a sigmoid leads from the capabilities to the score of one more benchmark,
 * `score = h / (1 + exp(-(alpha + sum beta_k PC_k)))` with h from .8 to 1.
 *
 * Source: Ruan et al. 2024 (arXiv 2405.10938), equations 3 to 7; C = 6 N D.
 *
 * @throws RangeError when the target is among the benchmarks, a score of it is not from 0 to 1, or too few models have what is needed
 *
 * @example
 * import { observational } from "isoflop";
 * import { baseModelScores } from "isoflop-datasets";
 * const law = observational({
 *   models: baseModelScores(),
 *   benchmarks: ["arcC", "hellaswag", "winogrande", "truthfulqa", "xwinograd"],
 *   target: "mmlu",
 * });
 * law.families.find(({ family }) => family === "Llama-2")?.slope! > 0; // => true
 */
export function observational(question: ObservationalQuestion): Observational {
  requireOptions("observational", question, ["models", "benchmarks", "target", "components", "train"]);
  const { models, benchmarks, target, components, train = () => true } = question;
  requireRows("observational", models);
  if (benchmarks?.includes(target)) {
    throw new RangeError(`${target} is the target and cannot be among the benchmarks; take it out of them`);
  }
  requireNames("target", [target], 1, 'give the field of the score, such as "gsm8k"');
  requireShares(models, target);
  if (typeof train !== "function") {
    throw new TypeError(
      `train must be a function of a model, got ${describeGiven(train)}; leave it out for all`,
    );
  }
  const used = models.filter(train);
  const pca = pcaScores(used, { benchmarks, ...(components !== undefined && { components }) });
  const names = pca.components.map((_, k) => `pc${k + 1}`);
  const asPoint = (values: readonly number[]) =>
    Object.fromEntries(names.map((name, k) => [name, values[k]!]));
  const placed = pca.rows.map((row, i) => ({ model: used[row]!, at: pca.scores[i]! }));
  const rows = placed.flatMap(({ model: { [target]: score }, at }) =>
    typeof score === "number" && Number.isFinite(score) ? [{ ...asPoint(at), score }] : [],
  );
  const law = capabilityScore(names);
  if (rows.length <= law.parameters.length) {
    throw new RangeError(
      `${rows.length} models have ${target}; ${law.parameters.length} constants need more, or fewer components`,
    );
  }
  const found = fit(law, rows as never[], { loss: squared(), residual: "raw" }) as unknown as Fit<
    string,
    string,
    "score"
  >;
  const lines = familyLines(placed);
  return Object.freeze({
    pca,
    fit: found,
    families: Object.freeze([...lines].map(([family, own]) => ({ family, ...own[0]! }))),
    predict: (model: ScoreRow) => found.predict(asPoint(pca.project(model))),
    predictFamily(family: string, flops: number) {
      requirePositive("flops", flops, "training compute, such as 1e24");
      const own = lines.get(family);
      if (!own) {
        throw new RangeError(
          `no line for the family ${family}; it needs three models of different compute. There are ${[...lines.keys()].join(", ")}`,
        );
      }
      return found.predict(asPoint(own.map(({ slope, intercept }) => intercept + slope * Math.log(flops))));
    },
  });
}

type Line = Omit<FamilyLine, "family">;

/** Of each family with three computes the line of every component. */
function familyLines(placed: readonly { model: ScoreRow; at: readonly number[] }[]): Map<string, Line[]> {
  const members = new Map<string, { logC: number; at: readonly number[] }[]>();
  for (const { model, at } of placed) {
    const { family, nParams, nTokens } = model;
    const logC = Math.log(6 * Number(nParams) * Number(nTokens));
    if (typeof family !== "string" || !Number.isFinite(logC)) continue;
    members.set(family, [...(members.get(family) ?? []), { logC, at }]);
  }
  return new Map(
    [...members].flatMap(([family, models]) => {
      const computes = models.map(({ logC }) => logC);
      if (new Set(computes).size < 3) return [];
      const lines = models[0]!.at.map((_, k) => {
        const { slope, intercept, r2 } = linearFit(
          computes,
          models.map(({ at }) => at[k]!),
        );
        return { n: models.length, slope, intercept, r2 };
      });
      return [[family, lines] as const];
    }),
  );
}
