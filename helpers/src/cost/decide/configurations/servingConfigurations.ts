import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import type { Model } from "../../../models/Model.ts";
import type { ServingLayout } from "../../engine/ServingLayout.ts";
import type { ServingInstances } from "../../engine/ServingScenario.ts";
import type { ServingQuestion } from "../ServingQuestion.ts";
import { type ServingFormat, servingFormats } from "./servingFormats.ts";
import { instanceDevices, servingLayouts } from "./servingLayouts.ts";

/** Instances and a format on the cards of an offer; the load is what still differs. */
export interface ServingConfiguration {
  /** Which of the offers. */
  readonly offer: number;
  readonly format: ServingFormat;
  readonly serve: ServingInstances;
  readonly prefill?: ServingInstances;
  readonly devices: number;
}

/**
 * Every set of instances that the cards of the offers hold: of one layout that does both, or of a layout that prefills and
 * one that decodes, in every ratio. Where the load is given fewer cards may do, and every number of instances is tried;
 * where it is not, the cards are filled, since the load of an instance is chosen.
 */
export function servingConfigurations(
  model: Model,
  sheets: readonly CatalogAccelerator[],
  question: ServingQuestion,
): ServingConfiguration[] {
  const { choices = {}, load, engine = "" } = question;
  const all: ServingConfiguration[] = [];
  const kinds = choices.serving ?? ["aggregated", "split"];
  for (const [offer, { devices }] of question.offers.entries()) {
    const accelerator = sheets[offer]!;
    const layouts = servingLayouts(model, { accelerator, devices }, choices);
    for (const format of servingFormats({ model, engine, accelerator }, choices.formats)) {
      if (kinds.includes("aggregated")) {
        for (const layout of layouts) {
          const size = instanceDevices(layout);
          const most = Math.floor(devices / size);
          for (const instances of load ? counts(most) : [most]) {
            all.push({ offer, format, serve: { instances, layout }, devices: instances * size });
          }
        }
      }
      if (kinds.includes("split")) {
        // In split serving an expert is whole or divided over the whole instance, unless degrees were asked for.
        const few = choices.expertParallel ? layouts : layouts.filter(isExtreme);
        for (const one of few) {
          for (const other of few) {
            for (const set of ratios(one, other, devices, load !== undefined))
              all.push({ offer, format, ...set });
          }
        }
      }
    }
  }
  return all;
}

const isExtreme = ({ expertParallel, expertTensorParallel }: ServingLayout) =>
  expertParallel === 1 || expertTensorParallel === 1;

/** 1, 2, 3, 4 and on in steps of about a quarter, up to the most. */
function counts(most: number): number[] {
  const list: number[] = [];
  for (let n = 1; n <= most; n = Math.max(n + 1, Math.round(1.25 * n))) list.push(n);
  if (most > 0 && list.at(-1) !== most) list.push(most);
  return list;
}

function* ratios(
  prefillLayout: ServingLayout,
  layout: ServingLayout,
  devices: number,
  mayBeFewer: boolean,
): Generator<Pick<ServingConfiguration, "serve" | "prefill" | "devices">> {
  const [p, d] = [instanceDevices(prefillLayout), instanceDevices(layout)];
  for (const prefills of counts(Math.floor((devices - d) / p))) {
    const most = Math.floor((devices - prefills * p) / d);
    for (const instances of mayBeFewer ? counts(most) : [most]) {
      yield {
        serve: { instances, layout },
        prefill: { instances: prefills, layout: prefillLayout },
        devices: prefills * p + instances * d,
      };
    }
  }
}
