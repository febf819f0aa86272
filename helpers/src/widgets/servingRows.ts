import type { EngineEstimate, Estimated } from "../cost/engine/EngineEstimate.ts";
import type { LoadPoint } from "../cost/engine/loadCurve.ts";
import { formatNumber } from "../format/formatNumber.ts";

/** One number of the panel as it is printed. */
export interface ServingTableRow {
  readonly name: string;
  readonly estimated: Estimated;
  readonly value: string;
  readonly text80: string;
  readonly text95: string;
}

/**
 * The numbers that a serving panel shows of a load, with their intervals as text.
 *
 * @example
 * import { modelNamed, servingPanel, servingRows } from "isoflop";
 * const { point } = servingPanel({
 *   models: { "Llama-3.1-8B": modelNamed("Llama-3.1-8B") },
 *   accelerators: ["h100-sxm-80gb"],
 *   caption: "What does a token cost?",
 * });
 * servingRows(point).map(({ name }) => name).slice(0, 2); // => ["time to first token (ms)", "time per output token (ms)"]
 */
export function servingRows({
  estimate,
  tokensPerSPerDevice,
  usdPerMillionTokens,
}: LoadPoint): ServingTableRow[] {
  const { ttftS, tpotS } = estimate;
  return [
    row("time to first token (ms)", ttftS, 1000),
    row("time per output token (ms)", tpotS, 1000),
    row("output tokens a second and device", tokensPerSPerDevice),
    ...(usdPerMillionTokens ? [row("US dollars a million output tokens", usdPerMillionTokens)] : []),
  ];
}

function row(name: string, estimated: Estimated, unit = 1): ServingTableRow {
  const text = (value: number) => formatNumber(unit * value, 3);
  const range = ([low, high]: readonly [number, number]) => `${text(low)} to ${text(high)}`;
  const { value, interval80, interval95 } = estimated;
  return { name, estimated, value: text(value), text80: range(interval80), text95: range(interval95) };
}

/**
 * Whether an estimate rests on measurements of its model, accelerator and engine (of its lengths and load nothing is said), and
 * what of it does not fit into memory, in words.
 *
 * @example
 * import { servingSays } from "isoflop";
 * const exact = { value: 1, interval80: [1, 1], interval95: [1, 1] } as const;
 * servingSays({
 *   ttftS: exact, tpotS: exact, tokensPerS: exact, devices: 1, decoding: 1, assumptions: [],
 *   inDistribution: false, calibratedOn: "8 runs",
 * }); // => "Not each of model, accelerator and engine is among what was calibrated on (8 runs)."
 */
export function servingSays({ inDistribution, calibratedOn, assumptions }: EngineEstimate): string {
  const near = inDistribution
    ? `Model, accelerator and engine are each among what was calibrated on (${calibratedOn}).`
    : `Not each of model, accelerator and engine is among what was calibrated on (${calibratedOn}).`;
  // What no engine could run, and what waits, is no footnote.
  const held = assumptions.filter((text) => /^(?:does not fit|the cache holds)/.test(text));
  return [near, ...held.map((text) => `${text[0]!.toUpperCase()}${text.slice(1)}.`)].join(" ");
}
