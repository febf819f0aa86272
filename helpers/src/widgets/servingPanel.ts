import { type AcceleratorName, accelerators as catalog } from "../catalog/accelerators/accelerators.ts";
import { narrowCalibration } from "../cost/calibration/record/narrowCalibration.ts";
import { writePartsRecord } from "../cost/calibration/record/partsRecord.ts";
import { type LoadPoint, loadCurve } from "../cost/engine/loadCurve.ts";
import { publishedServing } from "../cost/engine/publishedServing.ts";
import type { ServingCalibration } from "../cost/engine/ServingCalibration.ts";
import type { ServingBits } from "../cost/engine/ServingScenario.ts";
import { type ServingLabels, servingLabels } from "../cost/engine/servingLabels.ts";
import { sideStyle } from "../format/columnSides.ts";
import { escapeHtml } from "../format/escapeHtml.ts";
import { type Displayable, jupyterDisplay } from "../format/jupyterDisplay.ts";
import { textTable } from "../format/textTable.ts";
import type { Model } from "../models/Model.ts";
import { modelFromShape } from "../models/modelFromShape.ts";
import type { TransformerShape } from "../models/TransformerShape.ts";
import { requireOneOf } from "../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { packModel } from "./packModel.ts";
import { widgetMimeType } from "./RefitWidget.ts";
import type { ServingChoice, ServingWidget } from "./ServingWidget.ts";
import { servingEstimator } from "./servingEstimator.ts";
import { hasExperts, scenarioOf, servingDevices, servingOf } from "./servingOf.ts";
import { servingRows, servingSays } from "./servingRows.ts";

/** What the panel offers, and where it starts. */
export interface ServingPanelOptions {
  /** Models by the names that the reader sees. */
  readonly models: Readonly<Record<string, Model | TransformerShape>>;
  /** Keys of the catalogue. */
  readonly accelerators: readonly AcceleratorName[];
  /** One sentence that says what there is to find out. */
  readonly caption: string;
  /** Bits by name of the precision; default bf16, fp8 and fp4, in the bits that `readServingRow` reads them as. */
  readonly precisions?: Readonly<Record<string, ServingBits>>;
  /** Default vllm, sglang and trtllm. */
  readonly engines?: readonly string[];
  /** What differs from: the first of each, one device, 1024 tokens in and out, 32 requests, the lowest rent of the catalogue. */
  readonly start?: Partial<ServingChoice>;
  /** What the estimates rest on; default the published measurements. */
  readonly calibration?: ServingCalibration;
}

/** The estimate a reader starts from, and the panel. */
export interface ServingPanel extends Displayable {
  readonly point: LoadPoint;
  readonly widget: ServingWidget;
}

const usualPrecisions: Readonly<Record<string, ServingBits | undefined>> = {
  bf16: undefined,
  fp8: undefined,
  fp4: undefined,
};

/**
 * A panel of the report in which the reader sets model, accelerator, devices, precision, engine, lengths, load and rent, and
 * sees time to first and per output token, tokens a second of a device and dollars a million tokens, each with its 80 and
 * 95 % interval, by the same `estimateEngine`, in the browser. It says whether measurements near that choice were calibrated
 * on. What was chosen stands in the page's address, so that it can be passed on. Elsewhere, and on paper, it is a table.
 *
 * @throws RangeError on an accelerator the catalogue does not have, or a start that the panel does not offer
 * @throws TypeError when there is no caption, no model, no accelerator, or an option is not known
 * @example
 * import { modelNamed, servingPanel } from "isoflop";
 * const panel = servingPanel({
 *   models: { "Llama-3.1-8B": modelNamed("Llama-3.1-8B") },
 *   accelerators: ["h100-sxm-80gb", "b200-sxm-180gb"],
 *   caption: "What does a token cost, and how long does it take?",
 *   start: { concurrency: 64 },
 * });
 * panel.point.concurrency; // => 64
 */
export function servingPanel(options: ServingPanelOptions): ServingPanel {
  requireOptions("servingPanel", options, [
    "models",
    "accelerators",
    "caption",
    "precisions",
    "engines",
    "start",
    "calibration",
  ]);
  const { models, accelerators, caption } = options;
  const precisions: Readonly<Record<string, ServingBits | undefined>> = options.precisions ?? usualPrecisions;
  const { engines = ["vllm", "sglang", "trtllm"], start = {} } = options;
  if (typeof caption !== "string" || caption.trim() === "")
    throw new TypeError("a panel needs a caption that says what there is to find out");
  const keys = Object.keys(models ?? {});
  if (keys.length === 0 || !accelerators?.length || !Array.isArray(engines) || engines.length === 0) {
    throw new TypeError(
      'a serving panel needs a model, an accelerator and an engine to offer, such as accelerators: ["h100-sxm-80gb"]',
    );
  }
  if (Object.keys(precisions).length === 0)
    throw new TypeError(
      "a serving panel needs a precision to offer; leave precisions out for bf16, fp8 and fp4",
    );
  for (const key of accelerators) requireOneOf("accelerator", key, Object.keys(catalog));
  requireOptions("start", start, [
    "model",
    "accelerator",
    "precision",
    "engine",
    "tensorParallel",
    "experts",
    "promptTokens",
    "outputTokens",
    "concurrency",
    "usdPerHour",
  ]);
  const accelerator = start.accelerator ?? accelerators[0]!;
  const offered: Omit<ServingWidget, "record"> = {
    widget: "serving",
    caption,
    models: keys.map((key) => ({ key, model: packModel(modelFromShape(models[key]!)) })),
    // Aliases and sources are of no use to an estimate, and a third of the data.
    accelerators: accelerators.map((key) => ({
      key,
      accelerator: { ...catalog[key], aliases: [], sources: {} },
    })),
    precisions: Object.entries(precisions).map(([name, bits]) => (bits ? { name, bits } : { name })),
    engines,
    start: {
      model: keys[0]!,
      precision: Object.keys(precisions)[0]!,
      engine: engines[0]!,
      tensorParallel: 1,
      experts: "whole",
      promptTokens: 1024,
      outputTokens: 1024,
      concurrency: 32,
      usdPerHour: catalog[accelerator as AcceleratorName]?.usdPerHour?.low ?? 1,
      ...start,
      accelerator,
    },
  };
  const { concurrency, usdPerHour } = offered.start;
  // Refused before the calibration is worked on.
  const scenario = servingOf(offered, offered.start);
  const narrow = narrowCalibration(options.calibration ?? publishedServing(), labelsOf(offered));
  const widget: ServingWidget = { ...offered, record: writePartsRecord(narrow) };
  const estimate = servingEstimator(widget);
  const point = loadCurve(scenario, { concurrencies: [concurrency], usdPerHour, estimate })[0]!;
  const says = `${choiceText(widget.start)}. ${servingSays(point.estimate)}`;
  const columns = ["", "estimate", "80 %", "95 %"];
  const rows = servingRows(point).map((row): [string, string, string, string] => [
    row.name,
    row.value,
    row.text80,
    row.text95,
  ]);
  const cell = (text: string, k: number) =>
    k === 0
      ? `<th scope="row"${sideStyle("left")}>${escapeHtml(text)}</th>`
      : `<td${sideStyle("right")}>${escapeHtml(text)}</td>`;
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("");
  return Object.freeze({
    point,
    widget,
    [jupyterDisplay]: () => ({
      [widgetMimeType]: widget,
      "text/html": `<figure role="group"><figcaption>${escapeHtml(caption)}</figcaption><table><caption>${escapeHtml(says)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></figure>`,
      "text/plain": `${caption}\n${textTable(columns, rows)}\n${says}`,
    }),
  });
}

/** Labels of all that the panel's controls can come to; lengths and loads have none. */
function labelsOf(offered: Omit<ServingWidget, "record">): ServingLabels[] {
  const { models, accelerators, precisions, engines, start } = offered;
  const counts = new Set([...servingDevices, start.tensorParallel]);
  return models.flatMap(({ key: model }) =>
    accelerators.flatMap(({ key: accelerator }) =>
      precisions.flatMap(({ name: precision }) =>
        engines.flatMap((engine) =>
          [...counts].flatMap((tensorParallel) =>
            (hasExperts(offered, model) ? (["whole", "split"] as const) : (["whole"] as const)).map(
              (experts) =>
                servingLabels(
                  scenarioOf(offered, {
                    ...start,
                    model,
                    accelerator,
                    precision,
                    engine,
                    tensorParallel,
                    experts,
                  }),
                ),
            ),
          ),
        ),
      ),
    ),
  );
}

function choiceText(choice: ServingChoice): string {
  const { model, precision, tensorParallel, accelerator, engine, promptTokens, outputTokens } = choice;
  return `${model} in ${precision} on ${tensorParallel} × ${accelerator}, ${engine}, ${promptTokens} tokens in, ${outputTokens} out, ${choice.concurrency} requests, $${choice.usdPerHour} a device hour`;
}
