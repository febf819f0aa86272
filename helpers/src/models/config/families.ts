import type { ConfigReader } from "./ConfigReader.ts";
import { chatGlm } from "./dense/chatGlm.ts";
import { cohere, cohere2 } from "./dense/cohere.ts";
import {
  baichuan,
  exaone,
  internLm,
  internLm2,
  internLm3,
  miniCpm,
  orion,
  xverse,
} from "./dense/elsewhere.ts";
import { falcon } from "./dense/falcon.ts";
import { gemma, gemma2, gemma3 } from "./dense/gemma.ts";
import { glm, glm4 } from "./dense/glm.ts";
import { gpt2, gptBigCode } from "./dense/gpt2.ts";
import { gptJ, gptNeo } from "./dense/gptJ.ts";
import { gptNeoX } from "./dense/gptNeoX.ts";
import {
  arcee,
  ernie,
  granite,
  helium,
  llama,
  ministral,
  ministral3,
  mistral,
  seedOss,
  smolLm3,
} from "./dense/llama.ts";
import { mpt } from "./dense/mpt.ts";
import { nemotron } from "./dense/nemotron.ts";
import { olmo, olmo2, olmo3 } from "./dense/olmo.ts";
import { openElm } from "./dense/openElm.ts";
import { bloom, opt } from "./dense/opt.ts";
import { phi, phi3 } from "./dense/phi.ts";
import { apertus, exaone4, hunyuan } from "./dense/queryKeyNorms.ts";
import { mimo, qwen, qwen2, qwen3 } from "./dense/qwen.ts";
import { stableLm, starCoder2 } from "./dense/stableLm.ts";

export type { ConfigReader } from "./ConfigReader.ts";

/** The reader of each `model_type`. */
export const families: Readonly<Record<string, ConfigReader>> = {
  apertus,
  aquila: llama,
  arcee,
  baichuan,
  bloom,
  chatglm: chatGlm,
  codegen: gptJ,
  cohere,
  cohere2,
  ernie4_5: ernie,
  exaone,
  exaone4,
  falcon,
  gemma,
  gemma2,
  gemma3_text: gemma3,
  glm,
  glm4,
  gpt2,
  gpt_bigcode: gptBigCode,
  gpt_neo: gptNeo,
  gpt_neox: gptNeoX,
  gptj: gptJ,
  granite,
  helium,
  hf_olmo: olmo,
  hunyuan_v1_dense: hunyuan,
  internlm: internLm,
  internlm2: internLm2,
  internlm3: internLm3,
  llama,
  mimo,
  minicpm: miniCpm,
  ministral,
  ministral3,
  mistral,
  "mixformer-sequential": phi,
  mpt,
  nemotron,
  olmo,
  olmo2,
  olmo3,
  openelm: openElm,
  opt,
  orion,
  phi,
  phi3,
  "phi-msft": phi,
  qwen,
  qwen2,
  qwen3,
  RefinedWeb: falcon,
  RefinedWebModel: falcon,
  seed_oss: seedOss,
  skywork: llama,
  smollm3: smolLm3,
  stablelm: stableLm,
  stablelm_epoch: stableLm,
  starcoder2: starCoder2,
  xverse,
  Yi: llama,
};
