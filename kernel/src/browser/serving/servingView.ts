import {
  type EngineEstimate,
  type Figure,
  type LoadPoint,
  loadCurve,
  type ServingChoice,
  type ServingScenario,
  type ServingWidget,
  servingFigure,
  servingOf,
} from "isoflop";

/** Loads of the figures: those a slider steps over. */
export const loads = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** What the panel shows of a choice. */
export interface ServingView {
  /** At the load that was chosen. */
  readonly point: LoadPoint;
  readonly latency: Figure;
  readonly cost: Figure;
  /** Loads that have no estimate, in words; "" where all have. */
  readonly left: string;
}

/**
 * Latency and cost of a choice over its loads, by the helpers that the notebook called.
 *
 * @param estimate what estimates a scenario: `servingEstimator` of the widget
 * @throws RangeError where the choice has no estimate at its own load
 */
export function servingView(
  widget: ServingWidget,
  choice: ServingChoice,
  estimate: (scenario: ServingScenario) => EngineEstimate,
): ServingView {
  const scenario = servingOf(widget, choice);
  const { usdPerHour, concurrency } = choice;
  const at = (load: number) => loadCurve(scenario, { concurrencies: [load], usdPerHour, estimate })[0]!;
  const point = at(concurrency);
  const refused: string[] = [];
  const points = [...new Set([...loads, concurrency])]
    .sort((a, b) => a - b)
    .flatMap((load) => {
      if (load === concurrency) return point;
      try {
        return at(load);
      } catch (error) {
        refused.push((error as Error).message);
        return [];
      }
    });
  const curves = [{ name: choice.accelerator, points }];
  const { caption } = widget;
  const of = (quantity: "tpot" | "usdPerMillionTokens", value: number) =>
    servingFigure(curves, { quantity, caption, measured: [{ concurrency, value }], measuredName: "chosen" });
  return {
    point,
    latency: of("tpot", 1000 * point.estimate.tpotS.value),
    cost: of("usdPerMillionTokens", point.usdPerMillionTokens!.value),
    left:
      refused.length === 0
        ? ""
        : `${refused.length} of ${loads.length} loads have no estimate: ${refused.at(-1)}`,
  };
}
