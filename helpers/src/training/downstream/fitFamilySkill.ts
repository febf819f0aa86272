import type { FitGroupsOptions } from "../../fit/groups/fitGroups.ts";
import { fitGroups } from "../../fit/groups/fitGroups.ts";
import type { GroupFit } from "../../fit/groups/GroupFit.ts";
import { huber } from "../../fit/losses/huber.ts";
import { familySkill } from "../../laws/downstream/familySkill.ts";
import { requireNames } from "../../numerics/arguments/requireNames.ts";
import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { requireShares, type ScoreRow } from "./readScores.ts";

type P = "c" | "family" | "bN" | "bD" | "bND";

/** Which score is fitted, and what is known of it. */
export interface FamilySkillOptions {
  /** Field of a model that holds the score, 0 to 1. */
  readonly benchmark: string;
  /** Score of chance, such as .25 for four answers; without it the fit looks for it. */
  readonly chance?: number;
  /** Whether size and data help each other (bND is free). Default true, as published. */
  readonly interaction?: boolean;
  /** Families with fewer models than this are left out. Default 1. */
  readonly leastModels?: number;
  /** Default huber(.01) of the raw score, as published. */
  readonly loss?: FitGroupsOptions<P>["loss"];
}

/**
 * Fits one benchmark to models of many families: what size and tokens add to the skill is common to all, and each family has
 * a level of its own. So two families' curves differ by a constant on the logit above chance, and one model of a new family
 * is enough to place it. Models that lack size, tokens or score are left out.
 *
 * Source: Sloth, Maia Polo et al. 2024 (arXiv 2412.06540), one skill a benchmark; loss and columns as in
 * felipemaiapolo/sloth (`criterion`: Huber with beta .01, which the authors minimise by Adam and stop early).
 *
 * @param models records with family, nParams, nTokens and the score
 * @returns a `GroupFit` whose groups are the families
 * @throws RangeError when a score is not from 0 to 1, or fewer models are left than there are constants
 *
 * @example
 * import { fitFamilySkill } from "isoflop";
 * import { baseModelScores } from "isoflop-datasets";
 * const mmlu = fitFamilySkill(baseModelScores(), { benchmark: "mmlu", chance: 0.25, leastModels: 3 });
 * mmlu.predict({ nParams: 70e9, nTokens: 2e12 }, "Llama-2") > mmlu.predict({ nParams: 7e9, nTokens: 2e12 }, "Llama-2"); // => true
 */
export function fitFamilySkill(
  models: readonly ScoreRow[],
  options: FamilySkillOptions,
): GroupFit<"nParams" | "nTokens", P, "score"> {
  requireRows("fitFamilySkill", models);
  requireOptions("fitFamilySkill", options, ["benchmark", "chance", "interaction", "leastModels", "loss"]);
  const { benchmark, chance, interaction = true, leastModels = 1, loss = huber(0.01) } = options;
  requireNames("benchmark", [benchmark], 1, 'give the field of the score, such as "mmlu"');
  requireWhole("leastModels", leastModels, 1, "1 keeps all families");
  requireShares(models, benchmark);
  const usable = models.flatMap(({ family, nParams, nTokens, [benchmark]: score }) =>
    typeof family === "string" && [nParams, nTokens, score].every(Number.isFinite)
      ? [{ family, nParams: nParams as number, nTokens: nTokens as number, score: score as number }]
      : [],
  );
  const counts = new Map<string, number>();
  for (const { family } of usable) counts.set(family, (counts.get(family) ?? 0) + 1);
  const rows = usable.filter(({ family }) => counts.get(family)! >= leastModels);
  const families = new Set(rows.map(({ family }) => family)).size;
  const constants = families + 2 + (interaction ? 1 : 0) + (chance === undefined ? 1 : 0);
  if (rows.length < constants) {
    throw new RangeError(
      `${rows.length} models with family, nParams, nTokens and ${benchmark} are too few for ${constants} constants; give more, or raise leastModels`,
    );
  }
  return fitGroups(familySkill, rows, {
    group: "family",
    shared: ["c", "bN", "bD", "bND"],
    residual: "raw",
    loss,
    fixed: { ...(chance !== undefined && { c: chance }), ...(!interaction && { bND: 0 }) },
  });
}
