import type { ConfigReader } from "./ConfigReader.ts";
import { dbrx } from "./experts/dbrx.ts";
import { ernieMoe } from "./experts/ernieMoe.ts";
import { glm4Moe } from "./experts/glm4Moe.ts";
import { gptOss } from "./experts/gptOss.ts";
import { granitemoe, granitemoeshared } from "./experts/granitemoe.ts";
import { grok1 } from "./experts/grok1.ts";
import { hunyuanMoe } from "./experts/hunyuanMoe.ts";
import { llama4Text } from "./experts/llama4.ts";
import { minimaxM2 } from "./experts/minimaxM2.ts";
import { mixtral } from "./experts/mixtral.ts";
import { olmoe } from "./experts/olmoe.ts";
import { phimoe } from "./experts/phimoe.ts";
import { qwen2Moe, qwen3Moe, qwen3VlMoeText } from "./experts/qwenMoe.ts";
import { deepseekV2, deepseekV3, deepseekV32, glmLite, glmSparse } from "./latent/deepseek.ts";
import { minicpm3 } from "./latent/minicpm3.ts";
import { llama } from "./llama.ts";

/** The reader of each `model_type`. */
export const families: Readonly<Record<string, ConfigReader>> = {
  dbrx,
  deepseek_v2: deepseekV2,
  deepseek_v3: deepseekV3,
  deepseek_v32: deepseekV32,
  ernie4_5_moe: ernieMoe,
  glm4_moe: glm4Moe,
  glm4_moe_lite: glmLite,
  glm_moe_dsa: glmSparse,
  gpt_oss: gptOss,
  granitemoe,
  granitemoeshared,
  "grok-1": grok1,
  hunyuan_v1_moe: hunyuanMoe,
  kimi_k2: deepseekV3,
  llama,
  llama4_text: llama4Text,
  minicpm3,
  minimax_m2: minimaxM2,
  mixtral,
  olmoe,
  phimoe,
  qwen2_moe: qwen2Moe,
  qwen3_moe: qwen3Moe,
  qwen3_vl_moe_text: qwen3VlMoeText,
};
