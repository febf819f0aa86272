import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import type { Model } from "../../models/Model.ts";
import { estimateEngine } from "../engine/estimateEngine.ts";
import type { ServingLoad, ServingScenario } from "../engine/ServingScenario.ts";
import { type ServingConfiguration, servingConfigurations } from "./configurations/servingConfigurations.ts";
import { type ServingRoom, servingRooms } from "./configurations/servingRoom.ts";
import type { ServingCandidate } from "./ServingCandidate.ts";
import type { ServingQuestion } from "./ServingQuestion.ts";

/** Kind of an offer: its sheet and its key in the catalogue. */
export interface OfferedSheet {
  readonly sheet: CatalogAccelerator;
  readonly key: string;
}

/** Every configuration that divides, and the estimates of those that fit. */
export interface EstimatedCandidates {
  readonly considered: number;
  readonly candidates: readonly ServingCandidate[];
  /** Of all that divide, the one whose weights leave most room: what to name where nothing fits. */
  readonly roomiest?: { readonly configuration: ServingConfiguration; readonly room: ServingRoom };
  /** Configurations that the estimator refused, or whose load it cannot keep up with, and what it said first. */
  readonly refused: number;
  readonly overloaded: number;
  readonly firstRefusal?: string;
}

/** Estimates every configuration of a question that fits the memory. */
export function estimateCandidates(
  model: Model,
  sheets: readonly OfferedSheet[],
  question: ServingQuestion,
): EstimatedCandidates {
  const { promptTokens, outputTokens, choices = {}, memoryShare = 0.9, onProgress } = question;
  const estimator = question.estimator ?? estimateEngine;
  const configurations = servingConfigurations(
    model,
    sheets.map(({ sheet }) => sheet),
    question,
  );
  const roomFor = servingRooms(model, { promptTokens, outputTokens, memoryShare });
  const roomOf = ({ offer, format, serve }: ServingConfiguration) =>
    roomFor(sheets[offer]!.sheet, serve.layout, format.bits);
  const chunks: readonly (number | undefined)[] = choices.chunkTokens ?? [undefined];
  const countOf = (one: ServingConfiguration) =>
    (question.load ? 1 : (choices.concurrency ?? roomOf(one).usualConcurrency()).length) * chunks.length;
  let roomiest: { configuration: ServingConfiguration; room: ServingRoom } | undefined;
  let total = 0;
  for (const configuration of configurations) {
    const room = roomOf(configuration);
    const left = ({ usableBytes, bytesOf }: ServingRoom) => usableBytes / bytesOf(1);
    if (!roomiest || left(room) > left(roomiest.room)) roomiest = { configuration, room };
    // A configuration that holds not even one request is considered, too.
    total += Math.max(1, countOf(configuration));
  }
  const candidates: ServingCandidate[] = [];
  let [done, refused, overloaded] = [0, 0, 0];
  let firstRefusal: string | undefined;
  const { engine = "", release = "" } = question;
  const assumptions: readonly string[] = [];
  for (const configuration of configurations) {
    const { offer, format, serve, prefill } = configuration;
    const { sheet, key } = sheets[offer]!;
    const room = roomOf(configuration);
    const holdsPrompt = !prefill || roomFor(sheet, prefill.layout, format.bits).fits(1);
    if (!holdsPrompt || !room.fits(1)) {
      done += Math.max(1, countOf(configuration));
      continue;
    }
    for (const { load, requests } of loadsOf(configuration, question, room)) {
      for (const chunkTokens of chunks) {
        if (++done % 1000 === 0) onProgress?.({ done, total });
        if (!room.fits(requests)) continue;
        const scenario: ServingScenario = {
          model,
          modelKey: model.name,
          engine,
          release,
          accelerator: sheet,
          acceleratorKey: key,
          bits: format.bits,
          format: format.format,
          serve,
          ...(prefill && { prefill }),
          load,
          ...(chunkTokens !== undefined && { chunkTokens }),
          promptTokens,
          outputTokens,
          assumptions,
        };
        let estimate: ServingCandidate["estimate"];
        try {
          estimate = estimator(scenario);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          refused++;
          firstRefusal ??= error.message;
          continue;
        }
        const { ttftS, tpotS, tokensPerS } = estimate;
        const served = load.kind === "open" ? 0.98 * load.requestsPerS * outputTokens : 0;
        // An open load settles at so many requests at once: the cache must hold those, too.
        const holds = load.kind !== "open" || room.fits(Math.max(1, Math.ceil(estimate.decoding)));
        if (!Number.isFinite(ttftS.value + tpotS.value) || !(tokensPerS.value > served) || !holds) {
          overloaded++;
          continue;
        }
        candidates.push({ configuration, scenario, estimate, bytesPerDevice: room.bytesOf(requests) });
      }
    }
  }
  onProgress?.({ done: total, total });
  return {
    considered: total,
    candidates,
    ...(roomiest && { roomiest }),
    refused,
    overloaded,
    ...(firstRefusal !== undefined && { firstRefusal }),
  };
}

/** The loads of a configuration, with the requests that an instance holds of each at once. */
function loadsOf(
  { serve }: ServingConfiguration,
  { load, choices }: ServingQuestion,
  room: ServingRoom,
): readonly { readonly load: ServingLoad; readonly requests: number }[] {
  if (load === undefined) {
    return (choices?.concurrency ?? room.usualConcurrency()).map((requests) => ({
      load: { kind: "closed", concurrency: requests * serve.instances },
      requests,
    }));
  }
  const together = load.kind === "closed" ? load.concurrency : load.kind === "static" ? load.batch : 1;
  return [{ load, requests: Math.ceil(together / serve.instances) }];
}
