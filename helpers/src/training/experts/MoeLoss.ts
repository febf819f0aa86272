import type { FittedLaw } from "../../laws/definition/Law.ts";
import { parameterArray } from "../../laws/definition/predict.ts";
import { requireFitted } from "../../laws/definition/requireLaw.ts";
import { type FittedRoutedLaw, requireRoutedLaw, routedEffectiveParams } from "./effectiveParameterCount.ts";

/** A trained model, as far as the laws of experts look at it. */
export interface MoeModel {
  /** Parameters that a token sees, without embeddings and routers. */
  readonly nParams: number;
  /** All parameters, of every expert. */
  readonly nParamsTotal: number;
  readonly nTokens: number;
  readonly experts: number;
  readonly granularity: number;
}

/** The loss of a model, nats per token. */
export type MoeLoss = (model: MoeModel) => number;

/** What a law's variable is of a model. */
const readers: Record<string, (model: MoeModel) => number> = {
  nParams: (model) => model.nParams,
  nTokens: (model) => model.nTokens,
  experts: (model) => model.experts,
  granularity: (model) => model.granularity,
  activeShare: (model) => 1 / model.experts,
};

/** Laws whose nParams are all parameters, not those that a token sees. */
const ofAll = new Set(["fineGrainedLaw", "sparsityLaw"]);

/**
 * A law with constants as a function of a model with experts: it is given all parameters or those that a token sees, as it
 * counts them, and `1 / experts` as the share of the experts that a token uses. Much faster than `predict`, because nothing
 * is checked or allocated; for searches.
 *
 * @throws TypeError for what is no law with constants; RangeError for a law that reads something a model with experts does not have
 * @example
 * import { krajewski2024, moeLoss } from "isoflop";
 * const loss = moeLoss(krajewski2024);
 * loss({ nParams: 1e9, nParamsTotal: 43e9, nTokens: 28.94e9, experts: 64, granularity: 16 }); // => 2.4714
 */
export function moeLoss(fitted: FittedLaw): MoeLoss {
  requireFitted("moeLoss", fitted);
  const { law } = fitted;
  const theta = parameterArray(law, fitted.parameters);
  const total = ofAll.has(law.name);
  const read = law.variables.map(({ name, domain }) => {
    const reader = total && name === "nParams" ? (model: MoeModel) => model.nParamsTotal : readers[name];
    if (reader && domain === "positive") return reader;
    throw new RangeError(
      `${law.name} reads ${name}, which a model with experts does not have; it has ${Object.keys(readers).join(", ")}`,
    );
  });
  const x = read.map(() => new Float64Array(1));
  const value = new Float64Array(1);
  const jacobian = new Float64Array(theta.length);
  return (model) => {
    for (let k = 0; k < read.length; k++) x[k]![0] = Math.log(read[k]!(model));
    law.evaluate(theta, x, 1, value, jacobian);
    return value[0]!;
  };
}

/**
 * A dense law of size and data, asked at the effective parameters of a routed law: how Clark's experts, which were seen at one
 * number of tokens only, might trade with data. The two laws were never fitted together, and that a gain in parameters holds
 * at other token counts is an assumption, not a finding: give the answer as a bound.
 *
 * @param laws routed: constants of `routedLaw`; dense: a law of nParams and nTokens
 * @throws TypeError for what is no such law; RangeError when the routed law's loss does not fall with size
 * @example
 * import { besiroglu2024, clark2022SBase, routedOnDense } from "isoflop";
 * const loss = routedOnDense({ routed: clark2022SBase, dense: besiroglu2024 });
 * const model = { nParams: 1e9, nParamsTotal: 1e9, nTokens: 130e9, granularity: 1 };
 * loss({ ...model, experts: 1 }) - loss({ ...model, experts: 64 }); // => 0.1172
 */
export function routedOnDense(laws: {
  readonly routed: FittedRoutedLaw;
  readonly dense: FittedLaw;
}): MoeLoss {
  requireRoutedLaw("routedOnDense", laws?.routed);
  requireFitted("routedOnDense", laws.dense);
  const dense = moeLoss(laws.dense);
  const { parameters } = laws.routed;
  // ln N_eff is a line in ln N, the same for all sizes that a search asks at one number of experts.
  let lines = new Map<number, readonly [number, number]>();
  const lineOf = (experts: number) => {
    const found = lines.get(experts);
    if (found) return found;
    const one = Math.log(routedEffectiveParams(parameters, 1, experts));
    const line = [one, Math.log(routedEffectiveParams(parameters, Math.E, experts)) - one] as const;
    // A search asks for a few numbers of experts; a sweep over many is not to fill the memory.
    if (lines.size > 100) lines = new Map();
    lines.set(experts, line);
    return line;
  };
  return ({ nParams, nParamsTotal, nTokens, experts, granularity }) => {
    const [level, slope] = lineOf(experts);
    const effective = Math.exp(level + slope * Math.log(nParams));
    return dense({ nParams: effective, nParamsTotal, nTokens, experts, granularity });
  };
}
