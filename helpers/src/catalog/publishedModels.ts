import { deepseek } from "./models/deepseek.ts";
import { eleuther } from "./models/eleuther.ts";
import { falcon } from "./models/falcon.ts";
import { gemma } from "./models/gemma.ts";
import { glm } from "./models/glm.ts";
import { gpt } from "./models/gpt.ts";
import { llama } from "./models/llama.ts";
import { minimax } from "./models/minimax.ts";
import { mistral } from "./models/mistral.ts";
import { nemotron } from "./models/nemotron.ts";
import { olmo } from "./models/olmo.ts";
import { opt } from "./models/opt.ts";
import { others } from "./models/others.ts";
import type { PublishedModel } from "./models/PublishedModel.ts";
import { phi } from "./models/phi.ts";
import { qwen } from "./models/qwen.ts";
import { readCatalog } from "./models/readCatalog.ts";
import { small } from "./models/small.ts";

let all: readonly PublishedModel[] | undefined;

/**
 * Every published model of the catalogue: the facts of its configuration that fix a count, and where they were read.
 *
 * @example
 * import { publishedModels } from "isoflop";
 * publishedModels().length > 150; // => true
 */
export function publishedModels(): readonly PublishedModel[] {
  all ??= [
    deepseek,
    eleuther,
    falcon,
    gemma,
    glm,
    gpt,
    llama,
    minimax,
    mistral,
    nemotron,
    olmo,
    opt,
    others,
    phi,
    qwen,
    small,
  ].flatMap(readCatalog);
  return all;
}
