import type { Law } from "../../laws/definition/Law.ts";
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
}

/** The losses over ln N and ln D that one draw of the constants implies. */
export interface PlanSurfaces {
  /** Of the law of the loss alone. */
  readonly base: LossSurface;
  /** The size that splits ln N + ln D best under `base`, by the law's closed form where it has one. */
  readonly closedForm?: (logProduct: number) => number;
  /** With the effects of all other laws. */
  readonly loss: LossSurface;
}

/** The surfaces of a model, for constants that change from draw to draw. */
export function planSurfaces(model: PlanModel): (constants: Constants) => PlanSurfaces {
  const { law, given, tokenSources } = model;
  const of = lossSurface(law, given);
  return ({ loss, repetition }) => {
    const base = of(loss!);
    const closedForm =
      law.logOptimalParams && ((logProduct: number) => law.logOptimalParams!(loss!, logProduct));
    const shared = { base, ...(closedForm && { closedForm }) };
    if (!tokenSources) return { ...shared, loss: base };
    return {
      ...shared,
      loss: repeatedSurface(base, tokenSources, repetition as unknown as [number, number]),
    };
  };
}
