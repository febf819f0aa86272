import { rangeNote } from "../../format/rangeNote.ts";
import { saturatedExperts } from "../../laws/experts/saturatedExperts.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRouted, routedRuns } from "./routedRuns.ts";

/** `routedLaw` or `flooredRoutedLaw` with constants: a fit, one of Clark et al., one of `clarkReplicates`. */
export interface FittedRoutedLaw {
  readonly parameters: Readonly<Record<"a" | "b" | "c" | "start" | "max", number>>;
}

/** The model that is asked about, and the law that answers. */
export interface EffectiveParameterQuestion {
  /** Parameters that a token sees. */
  readonly nParams: number;
  /** Experts of a routed layer, 1 to 512. */
  readonly experts: number;
  readonly law: FittedRoutedLaw;
  /** Tokens of training, where known: 130e9, give or take a twentieth, or the law is refused. */
  readonly nTokens?: number;
  /** Takes the law beyond its experts and its tokens; the answer's notes then say how far. Default false. */
  readonly extrapolate?: boolean;
}

/** The dense model that reaches the same loss. */
export interface EffectiveParameters {
  /** Parameters of that dense model. */
  readonly effective: number;
  /** Those over the parameters that a token sees. */
  readonly gain: number;
  /** Parameters at which experts stop helping by this law, see `routedCutoff`. */
  readonly cutoff: number;
  /** What the law was not fitted on; empty inside its runs. */
  readonly notes: readonly string[];
}

/**
 * The parameters of the dense model that reaches the loss of a routed one:
 * `N_eff = N^(a(Ê)/a(start)) (Ê/start)^(b/a(start))`, a(x) = a + c lg x. One expert gives N itself; a floor cancels.
 *
 * The law knows no data: its constants hold for 130e9 tokens and 1 to 512 experts, and other questions are refused unless
 * `extrapolate` is set. Beyond the cutoff the count falls below N: the law then says that experts harm, which no run shows.
 *
 * Source: Clark et al. 2022 (arXiv 2202.01169), section 5.1.
 *
 * @throws RangeError when a number is outside its domain or, unless `extrapolate`, outside the law's runs; TypeError when
 *   the law is no routed one; RangeError when its loss does not fall with size
 * @example
 * import { clark2022SBase, effectiveParameterCount } from "isoflop";
 * const { effective, gain } = effectiveParameterCount({ nParams: 1.3e9, experts: 64, law: clark2022SBase });
 * effective; // => 3.905e9
 * gain; // => 3.004
 */
export function effectiveParameterCount(question: EffectiveParameterQuestion): EffectiveParameters {
  requireOptions("effectiveParameterCount", question, [
    "nParams",
    "experts",
    "law",
    "nTokens",
    "extrapolate",
  ]);
  const { nParams, experts, law, nTokens, extrapolate = false } = question;
  requirePositive("nParams", nParams, "give the parameters that a token sees, such as 1.3e9");
  requireRoutedLaw("effectiveParameterCount", law);
  const outside = requireRouted({ experts, nTokens, extrapolate });
  const effective = routedEffectiveParams(law.parameters, nParams, experts);
  const cutoff = routedCutoff(law);
  const beyond =
    experts > 1 && effective < nParams
      ? `nParams lies beyond the cutoff of ${cutoff.toPrecision(2)} parameters, where this law says that experts harm`
      : undefined;
  const notes = [...outside, rangeNote("nParams", nParams, routedRuns.nParams), beyond].filter(
    (note) => note !== undefined,
  );
  return { effective, gain: effective / nParams, cutoff, notes };
}

/** Throws unless `given` has the constants of a routed law by which a dense model is better the larger it is. */
export function requireRoutedLaw(of: string, given: FittedRoutedLaw): void {
  const constants = given?.parameters;
  if (typeof constants?.start !== "number") {
    throw new TypeError(
      `${of} needs a routed law with constants such as clarkRefit, got ${describeGiven(given)}`,
    );
  }
  const { a, b, c, start, max } = constants;
  for (const [name, value] of Object.entries({ a, b, c })) {
    if (!Number.isFinite(value)) {
      throw refusal(
        `${name} of the routed law`,
        "must be a finite number",
        value,
        "give a fit, such as clarkRefit",
      );
    }
  }
  saturatedExperts(1, { start, max });
  const dense = a + c * Math.log10(start);
  if (!(dense < 0)) {
    throw refusal(
      "the slope a + c lg start of the routed law",
      "must be < 0",
      dense,
      "by this law a larger dense model is no better, so none has the loss of a routed one; look at the fit",
    );
  }
}

/** The formula, on constants as they are. */
export function routedEffectiveParams(
  { a, b, c, start, max }: FittedRoutedLaw["parameters"],
  nParams: number,
  experts: number,
): number {
  const count = saturatedExperts(experts, { start, max });
  const dense = a + c * Math.log10(start);
  return nParams ** ((a + c * Math.log10(count)) / dense) * (count / start) ** (b / dense);
}

/**
 * The size at which experts stop helping by a routed law: `10^(-b/c)` parameters that a token sees. Infinity where it has
 * none, c <= 0.
 *
 * An interval of it spans orders of magnitude: it divides two constants that runs up to 1.3e9 parameters tell poorly.
 *
 * Source: Clark et al. 2022 (arXiv 2202.01169), section 5.2.
 *
 * @throws TypeError when the law is no routed one; RangeError when its loss does not fall with size
 * @example
 * import { clark2022SBase, routedCutoff } from "isoflop";
 * routedCutoff(clark2022SBase); // => 1e12
 */
export function routedCutoff(law: FittedRoutedLaw): number {
  requireRoutedLaw("routedCutoff", law);
  const { b, c } = law.parameters;
  return c > 0 ? 10 ** (-b / c) : Infinity;
}
