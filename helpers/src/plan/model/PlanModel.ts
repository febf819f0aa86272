import type { Law } from "../../laws/definition/Law.ts";
import { routedEffectiveParams } from "../../training/experts/effectiveParameterCount.ts";
import { type LossSurface, lossSurface } from "./lossSurface.ts";
import { repeatedSurface, type TokenSource } from "./repetition.ts";

/** The constants of one draw, by the term they belong to. */
export type Constants = Readonly<Record<string, Float64Array>>;

/** What a plan's loss depends on. */
export interface PlanModel {
  readonly law: Law;
  /** What the law reads besides size and tokens. */
  readonly given: Readonly<Record<string, number>>;
  /** Where tokens come from, where a law of repetition says what more of them than there are is worth. */
  readonly tokenSources?: readonly TokenSource[];
  /** Experts of a routed layer, where a law of experts says which dense model they are worth. */
  readonly experts?: number;
}

/** The losses over ln N and ln D that one draw of the constants implies. */
export interface PlanSurfaces {
  /** With the effects of all laws. */
  readonly loss: LossSurface;
  /** The same as if every token were seen for the first time. */
  readonly fresh: LossSurface;
  /** The ln N that splits ln N + ln D best under `fresh`, by a closed form where there is one. */
  readonly closedForm?: (logProduct: number) => number;
  /**
   * What the loss may be instead where laws were never measured together: without the gain of experts, with the effects of
   * two laws added up, with the sources of a mixture repeating as one.
   */
  readonly alternatives: readonly LossSurface[];
}

/** The surfaces of a model, for constants that change from draw to draw. */
export function planSurfaces(model: PlanModel): (constants: Constants) => PlanSurfaces {
  const { law, given, tokenSources, experts = 1 } = model;
  const of = lossSurface(law, given);
  return ({ loss, repetition, experts: routing }) => {
    const base = of(loss!);
    const repeated = (surface: LossSurface, sources = tokenSources) =>
      sources ? repeatedSurface(surface, sources, repetition as unknown as [number, number]) : surface;
    if (experts === 1) {
      const closedForm = law.logOptimalParams && ((product: number) => law.logOptimalParams!(loss!, product));
      const pooled = tokenSources && tokenSources.length > 1 ? [repeated(base, [pool(tokenSources)])] : [];
      return { loss: repeated(base), fresh: base, ...(closedForm && { closedForm }), alternatives: pooled };
    }
    const size = effectiveSize(routing!, experts);
    const fresh: LossSurface = (logN, logD) => base(size(logN), logD);
    const dense = repeated(base);
    if (!tokenSources) return { loss: fresh, fresh, alternatives: [base] };
    const added: LossSurface = (logN, logD) => dense(logN, logD) + fresh(logN, logD) - base(logN, logD);
    return { loss: repeated(fresh), fresh, alternatives: [dense, added] };
  };
}

/** ln of the dense size that so many experts are worth; never less than the size itself, since no run shows that they harm. */
function effectiveSize(routing: Float64Array, experts: number): (logN: number) => number {
  const [a, b, c, d, start, max] = routing as unknown as [number, number, number, number, number, number];
  const constants = { a, b, c, d, start, max };
  const offset = Math.log(routedEffectiveParams(constants, 1, experts));
  const slope = Math.log(routedEffectiveParams(constants, Math.E, experts)) - offset;
  return (logN) => Math.max(logN, offset + slope * logN);
}

/** The sources as if all their tokens were alike. */
function pool(sources: readonly TokenSource[]): TokenSource {
  return { share: 1, unique: sources.reduce((sum, { unique }) => sum + unique, 0) };
}
