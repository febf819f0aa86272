import { rateBatchValley } from "./batch/rateBatchValley.ts";
import { chinchilla } from "./chinchilla/chinchilla.ts";
import { chinchillaEqualExponents } from "./chinchilla/chinchillaEqualExponents.ts";
import { chinchillaInteraction } from "./chinchilla/chinchillaInteraction.ts";
import { overTraining } from "./chinchilla/overTraining.ts";
import type { Law } from "./definition/Law.ts";
import { capabilityScore } from "./downstream/capabilityScore.ts";
import { downstreamError } from "./downstream/downstreamError.ts";
import { familySkill } from "./downstream/familySkill.ts";
import { lossToAccuracy } from "./downstream/lossToAccuracy.ts";
import { saturatingLogistic } from "./downstream/saturatingLogistic.ts";
import { singleStepAccuracy } from "./downstream/singleStepAccuracy.ts";
import { taskLoss } from "./downstream/taskLoss.ts";
import { fineGrainedLaw } from "./experts/fineGrainedLaw.ts";
import { flooredRoutedLaw } from "./experts/flooredRoutedLaw.ts";
import { jointMoeLaw } from "./experts/jointMoeLaw.ts";
import { routedLaw } from "./experts/routedLaw.ts";
import { sparsityLaw } from "./experts/sparsityLaw.ts";
import { kaplanParamsSteps } from "./kaplan/kaplanParamsSteps.ts";
import { kaplanParamsTokens } from "./kaplan/kaplanParamsTokens.ts";
import { coupledChinchilla } from "./levers/coupledChinchilla.ts";
import { farseerForm } from "./levers/farseerForm.ts";
import { kaplanJoint } from "./levers/kaplanJoint.ts";
import { lossToLoss } from "./levers/lossToLoss.ts";
import { parallelLoss } from "./levers/parallelLoss.ts";
import { precisionLoss } from "./levers/precisionLoss.ts";
import { transferredData } from "./levers/transferredData.ts";
import { dataConstrained } from "./limitedData/dataConstrained.ts";
import { additiveMixture } from "./mixture/additiveMixture.ts";
import { bimix } from "./mixture/bimix.ts";
import { exponentialMixture } from "./mixture/exponentialMixture.ts";
import { jointMixture } from "./mixture/jointMixture.ts";
import { ownShareMixture } from "./mixture/ownShareMixture.ts";
import { brokenPowerLaw } from "./power/brokenPowerLaw.ts";
import { exponentiatedPowerLaw } from "./power/exponentiatedPowerLaw.ts";
import { multiplicativePowerLaw } from "./power/multiplicativePowerLaw.ts";
import type { PowerLawOptions } from "./power/PowerLawOptions.ts";
import { powerLaw } from "./power/powerLaw.ts";
import { separablePowerLaw } from "./power/separablePowerLaw.ts";
import { vocabularyLoss } from "./vocabulary/vocabularyLoss.ts";

/** What an argument of a family must be. */
interface Argument {
  readonly wanted: string;
  readonly holds: (value: unknown) => boolean;
}

const isField = (value: unknown) => typeof value === "string" && value.trim() !== "";
const field: Argument = { wanted: "the name of a field", holds: isField };
const fieldList: Argument = {
  wanted: "a list of names of fields",
  holds: (value) => Array.isArray(value) && value.every(isField),
};
const breaks: Argument = { wanted: "1 or 2", holds: (value) => value === 1 || value === 2 };
const response: Argument = {
  wanted: 'an object { response: "FIELD" }',
  holds: (value) =>
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    Object.entries(value).every(([key, part]) => key === "response" && isField(part)),
};

/** Laws that one function makes, told apart by its arguments. */
interface Family {
  /** The member for these arguments, which may come from JSON. */
  readonly build: (values: readonly unknown[]) => Law;
  readonly usual: readonly Law[];
}

/**
 * A family with the arguments of its usual members, one list a member.
 *
 * @param takes what its arguments must be; those beyond the first `needed` may be left out
 */
function family<A extends readonly unknown[]>(
  build: (...values: A) => Law,
  takes: readonly Argument[],
  needed: number,
  ...usual: A[]
): Family {
  return {
    build(values) {
      checkArguments(build.name, values, takes, needed);
      return build(...(values as unknown as A));
    },
    usual: usual.map((values) => build(...values)),
  };
}

function checkArguments(
  name: string,
  values: readonly unknown[],
  takes: readonly Argument[],
  needed = takes.length,
): void {
  if (values.length < needed || values.length > takes.length) {
    const counts = needed < takes.length ? `${needed} to ${takes.length}` : `${needed}`;
    const list = takes.map(({ wanted }) => wanted).join(", ");
    throw new RangeError(
      `${name} takes ${counts} arguments${list && ` (${list})`}, got ${values.length}; give it those`,
    );
  }
  for (const [k, value] of values.entries()) {
    const { wanted, holds } = takes[k]!;
    if (holds(value)) continue;
    const got = typeof value === "object" ? (value === null ? "null" : "another object or list") : value;
    throw new RangeError(`argument ${k + 1} of ${name} must be ${wanted}, got ${String(got).slice(0, 60)}`);
  }
}

// The one place where a law is entered: as it is, or as a family with its usual variables.
const entries: readonly (Law | Family)[] = [
  chinchilla,
  chinchillaEqualExponents,
  chinchillaInteraction,
  family(powerLaw, [field, response], 1, ["flops"]),
  kaplanParamsTokens,
  kaplanParamsSteps,
  overTraining,
  downstreamError,
  family(
    brokenPowerLaw as (variable: string, breaks: 1 | 2, options?: PowerLawOptions) => Law,
    [field, breaks, response],
    2,
    ["flops", 1],
    ["flops", 2],
  ),
  family(saturatingLogistic, [field, field], 1, ["flops"]),
  family(separablePowerLaw, [fieldList, response], 1, [["nParams", "nTokens"]]),
  family(multiplicativePowerLaw, [fieldList, response], 1, [["nParams", "nTokens"]]),
  family(exponentiatedPowerLaw, [field, field], 0, []),
  vocabularyLoss,
  dataConstrained,
  routedLaw,
  flooredRoutedLaw,
  fineGrainedLaw,
  sparsityLaw,
  jointMoeLaw,
  rateBatchValley,
  taskLoss,
  lossToAccuracy,
  singleStepAccuracy,
  familySkill,
  family(capabilityScore, [fieldList], 1, [["pc1", "pc2", "pc3"]]),
  kaplanJoint,
  coupledChinchilla,
  farseerForm,
  lossToLoss,
  parallelLoss,
  precisionLoss,
  transferredData,
  family(exponentialMixture, [fieldList], 1, [["web", "code"]]),
  family(additiveMixture, [fieldList], 1, [["web", "code"]]),
  family(jointMixture, [fieldList], 1, [["web", "code"]]),
  family(bimix, [field], 1, ["web"]),
  family(ownShareMixture, [field], 1, ["web"]),
];

const usualOf = (entry: Law | Family) => ("usual" in entry ? entry.usual : [entry]);

/** One of each built-in law, families with their usual variables: what `isoflop laws` lists. */
export const builtInLaws: readonly Law[] = entries.flatMap(usualOf);

/** What makes a law again from its specification, by the specification's kind. */
export const lawFactories: ReadonlyMap<string, Family["build"]> = new Map(
  entries.map((entry) => {
    const [law] = usualOf(entry) as [Law, ...Law[]];
    if (!law.specification) {
      throw new Error(
        `${law.name} has no specification, by which JSON and threads find it; give it { kind, arguments }`,
      );
    }
    const { kind } = law.specification;
    if ("usual" in entry) return [kind, entry.build];
    return [
      kind,
      (values) => {
        checkArguments(kind, values, []);
        return entry;
      },
    ];
  }),
);
