import type { Estimated } from "../cost/engine/EngineEstimate.ts";
import type { LoadPoint } from "../cost/engine/loadCurve.ts";
import { requireOneOf } from "../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import type { Figure } from "./Figure.ts";
import { requireCurves, requireMeasured } from "./requireCurves.ts";
import { type Series, xyFigure } from "./xyFigure.ts";

/** What a serving figure draws against the load. */
export type ServingFigureQuantity = "tpot" | "ttft" | "tokensPerSPerDevice" | "usdPerMillionTokens";

/** One machine, model and engine over its loads. */
export interface ServingCurve {
  readonly name: string;
  readonly points: readonly LoadPoint[];
}

/** How a quantity is read from a point, and what its axis says. */
export const servingQuantities: Readonly<
  Record<
    ServingFigureQuantity,
    { readonly title: string; readonly of: (point: LoadPoint) => Estimated | undefined }
  >
> = {
  tpot: { title: "time per output token (ms)", of: ({ estimate }) => inMs(estimate.tpotS) },
  ttft: { title: "time to first token (ms)", of: ({ estimate }) => inMs(estimate.ttftS) },
  tokensPerSPerDevice: {
    title: "output tokens a second and device",
    of: ({ tokensPerSPerDevice }) => tokensPerSPerDevice,
  },
  usdPerMillionTokens: {
    title: "US dollars a million tokens",
    of: ({ usdPerMillionTokens }) => usdPerMillionTokens,
  },
};

/**
 * A quantity of serving against the requests in the system, on log axes: the estimate as a line with markers, the 80 %
 * interval as a band, and the ends of the 95 % interval as dotted lines, so that it reads without colour. Curves differ by
 * marker and dash as well as colour; the table has every number.
 *
 * @param curves as `loadCurve` gives them, with a name each
 * @throws TypeError when there is no caption, or cost is asked of points without a rent
 * @throws RangeError on a quantity that is not known, no curve, a curve without points, or measured points that are not > 0
 * @example
 * import { accelerators, loadCurve, modelNamed, servingFigure } from "isoflop";
 * const layout = {
 *   tensorParallel: 1, pipelineParallel: 1, attentionDataParallel: 1, expertParallel: 1, expertTensorParallel: 1,
 * };
 * const scenario = {
 *   model: modelNamed("Llama-3.1-8B"), modelKey: "Llama-3.1-8B",
 *   accelerator: accelerators["h100-sxm-80gb"], acceleratorKey: "h100-sxm-80gb",
 *   bits: { weights: 8, activations: 8, kv: 8 }, format: "fp8", engine: "vllm", release: "",
 *   serve: { instances: 1, layout }, load: { kind: "closed" as const, concurrency: 1 },
 *   promptTokens: 1024, outputTokens: 1024, assumptions: [],
 * };
 * const points = loadCurve(scenario, { concurrencies: [1, 8, 64] });
 * const curves = [{ name: "Llama-3.1-8B", points }];
 * servingFigure(curves, { quantity: "tpot", caption: "A token takes longer in company." }).table.rows.length; // => 3
 */
export function servingFigure(
  curves: readonly ServingCurve[],
  options: {
    readonly quantity: ServingFigureQuantity;
    /** The finding in one sentence. */
    readonly caption: string;
    /** Points measured, each with its requests in the system and the value in the unit of the axis. */
    readonly measured?: readonly { readonly concurrency: number; readonly value: number }[];
    /** What the legend calls them; default "measured". */
    readonly measuredName?: string;
  },
): Figure {
  requireCurves("servingFigure", curves);
  requireOptions("servingFigure", options, ["quantity", "caption", "measured", "measuredName"]);
  const { quantity, caption, measured = [], measuredName = "measured" } = options;
  requireOneOf("quantity", quantity, Object.keys(servingQuantities));
  requireMeasured(measured);
  const { title, of } = servingQuantities[quantity];
  const found = curves.map(({ name, points }) => ({
    name,
    x: points.map(({ concurrency }) => concurrency),
    values: points.map((one) => known(of(one))),
  }));
  const seen: Series[] =
    measured.length === 0
      ? []
      : [
          {
            name: measuredName,
            x: measured.map(({ concurrency }) => concurrency),
            y: measured.map(({ value }) => value),
            style: 6,
          },
        ];
  return xyFigure({
    series: [...found.flatMap(({ name, x, values }, i) => bandSeries(name, x, values, i)), ...seen],
    x: { title: "requests in the system", log: true },
    y: { title, log: true },
    caption,
    table: {
      columns: ["curve", "requests", title, "80 % low", "80 % high", "95 % low", "95 % high"],
      rows: found.flatMap(({ name, x, values }) =>
        values.map(({ value, interval80, interval95 }, i) => [
          name,
          x[i]!,
          value,
          ...interval80,
          ...interval95,
        ]),
      ),
    },
  });
}

/** The line with its band, and the ends of the wider interval as dotted lines of its colour. */
function bandSeries(name: string, x: number[], values: readonly Estimated[], place: number): Series[] {
  // The third look is dotted itself and would be taken for an end.
  const style = place < 2 ? place : place + 1;
  const ends = ([0, 1] as const).map(
    (end): Series => ({
      name: `${name}, 95 % ends`,
      x,
      y: values.map(({ interval95 }) => interval95[end]),
      mode: "lines",
      style: dotted(style),
      inLegend: end === 0,
    }),
  );
  const line: Series = {
    name: `${name}, band 80 %`,
    x,
    y: values.map(({ value }) => value),
    band: values.map(({ interval80 }) => interval80),
    mode: "lines+markers",
    style,
  };
  return [line, ...ends];
}

/** The look with the same colour whose line is dotted: colours come round every seven, dashes every six. */
function dotted(style: number): number {
  let look = style;
  while (look % 6 !== 2) look += 7;
  return look;
}

function known(value: Estimated | undefined): Estimated {
  if (value) return value;
  throw new TypeError("these points have no cost; give loadCurve usdPerHour, the rent of one device");
}

const inMs = ({ value, interval80, interval95 }: Estimated): Estimated => ({
  value: 1000 * value,
  interval80: [1000 * interval80[0], 1000 * interval80[1]],
  interval95: [1000 * interval95[0], 1000 * interval95[1]],
});
