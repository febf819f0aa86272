import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import type { Figure } from "./Figure.ts";
import { requireCurves } from "./requireCurves.ts";
import type { ServingCurve } from "./servingFigure.ts";
import { type Series, xyFigure } from "./xyFigure.ts";

/**
 * What a device yields against what each reader gets: output tokens a second of a device over output tokens a second of one
 * request (1/tpot), along the loads of each curve. Further right and further up is better; a machine whose curve lies above
 * another's serves the same speed at less cost. Bars are the 80 % intervals of the throughput.
 *
 * @param curves as `loadCurve` gives them, with a name each
 * @throws TypeError when there is no caption
 * @throws RangeError when there is no curve
 * @example
 * import { accelerators, loadCurve, modelNamed, servingFrontierFigure } from "isoflop";
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
 * const curves = [{ name: "H100", points }];
 * servingFrontierFigure(curves, { caption: "Company costs speed." }).data.length; // => 1
 */
export function servingFrontierFigure(
  curves: readonly ServingCurve[],
  options: {
    /** The finding in one sentence. */
    readonly caption: string;
  },
): Figure {
  requireCurves("servingFrontierFigure", curves);
  requireOptions("servingFrontierFigure", options, ["caption"]);
  const speed = (one: ServingCurve["points"][number]) => 1 / one.estimate.tpotS.value;
  const [across, up] = ["output tokens a second of one request", "output tokens a second and device"];
  return xyFigure({
    series: curves.map(
      ({ name, points }): Series => ({
        name,
        x: points.map(speed),
        y: points.map(({ tokensPerSPerDevice }) => tokensPerSPerDevice.value),
        error: points.map(({ tokensPerSPerDevice }) => tokensPerSPerDevice.interval80),
        mode: "lines+markers",
      }),
    ),
    x: { title: across, log: true },
    y: { title: up, log: true },
    caption: options.caption,
    table: {
      columns: ["curve", "requests", across, up, "80 % low", "80 % high"],
      rows: curves.flatMap(({ name, points }) =>
        points.map((one) => {
          const { value, interval80 } = one.tokensPerSPerDevice;
          return [name, one.concurrency, speed(one), value, ...interval80];
        }),
      ),
    },
  });
}
