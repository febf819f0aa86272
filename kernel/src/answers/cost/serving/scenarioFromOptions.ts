import {
  accelerators,
  type CatalogAccelerator,
  findAccelerator,
  type Model,
  modelBlocks,
  type ServingInstances,
  type ServingLoad,
  type ServingScenario,
} from "isoflop";
import { chosenStack } from "./chosenStack.ts";
import { engineAssumption } from "./nearEngine.ts";
import type { ServingChoice } from "./ServingChoice.ts";
import { servingLayout, splitLayouts } from "./servingLayout.ts";

/**
 * What a command line asks for, ready to be timed.
 *
 * @throws RangeError naming the option, what it may be, and the way out
 */
export function scenarioFromOptions(model: Model, choice: ServingChoice): ServingScenario {
  const accelerator = findAccelerator(choice.accelerator);
  const { engine, release, format, bits, ...stack } = chosenStack(choice, accelerator, model.name);
  if (choice.draft !== undefined && choice.speculative === false) {
    throw new RangeError(
      "--draft says what is drafted, --no-speculative that nothing is; leave out one of the two",
    );
  }
  const assumptions = [...stack.assumptions, ...givenAssumptions(choice)];
  const ofEngine = engineAssumption(engine);
  if (ofEngine !== undefined) assumptions.push(ofEngine);
  return {
    model,
    modelKey: model.name,
    accelerator,
    acceleratorKey: acceleratorKey(accelerator),
    bits,
    format,
    engine,
    release,
    ...instancesOf(choice, isMixture(model)),
    load: loadOf(choice),
    ...(choice.chunk !== undefined && { chunkTokens: choice.chunk }),
    ...(choice.speculative !== undefined && { speculative: choice.speculative }),
    ...(choice.draft !== undefined && { draft: choice.draft }),
    ...(choice.prefixHits !== undefined && { prefixHitShare: choice.prefixHits }),
    promptTokens: choice.prompt,
    outputTokens: choice.output,
    assumptions,
  };
}

/** What the options say of drafts and hits, and what is not counted of it. */
function givenAssumptions({ draft, prefixHits }: ServingChoice): string[] {
  return [
    ...(draft === undefined
      ? []
      : [
          `${draft.tokens} token${draft.tokens === 1 ? "" : "s"} drafted a step, each accepted with chance ${draft.acceptance} where those before it were; the time to draft them is not counted`,
        ]),
    ...(prefixHits
      ? [`a prefix cache holds ${Number((100 * prefixHits).toPrecision(4))} % of each prompt`]
      : []),
  ];
}

/** Key of a data sheet in the catalogue. */
export const acceleratorKey = (sheet: CatalogAccelerator): string =>
  Object.entries<CatalogAccelerator>(accelerators).find(([, each]) => each === sheet)?.[0] ?? sheet.name;

/** Whether a model has experts. */
export function isMixture(model: Model): boolean {
  for (const block of modelBlocks(model)) if (block.kind === "experts") return true;
  return false;
}

function instancesOf(
  choice: ServingChoice,
  mixture: boolean,
): { readonly serve: ServingInstances; readonly prefill?: ServingInstances } {
  const { split, instances = 1, tp, pp, dp, ep } = choice;
  if (split !== undefined) {
    const beside = Object.entries({ tp, pp, dp, ep, instances: choice.instances }).find(
      ([, value]) => value !== undefined,
    );
    if (beside) {
      throw new RangeError(`--${beside[0]} stands beside --split, which has both layouts; write it there`);
    }
    return splitLayouts(split, mixture);
  }
  const one = servingLayout({ tp, pp, dp, ep }, mixture);
  return { serve: { ...one, instances: one.instances * instances } };
}

function loadOf({ concurrency, batch, rate, offline }: ServingChoice): ServingLoad {
  const loads: ServingLoad[] = [
    ...(concurrency !== undefined ? [{ kind: "closed", concurrency } as const] : []),
    ...(batch !== undefined ? [{ kind: "static", batch } as const] : []),
    ...(rate !== undefined ? [{ kind: "open", requestsPerS: rate } as const] : []),
    ...(offline ? [{ kind: "offline" } as const] : []),
  ];
  if (loads.length === 1) return loads[0]!;
  const ways =
    "--concurrency C (so many requests at all times), --batch B (begun and ended together), --rate R (requests a second) or --offline (all there from the beginning)";
  throw new RangeError(
    loads.length === 0 ? `give the load: ${ways}` : `give one load only, got ${loads.length}: ${ways}`,
  );
}
