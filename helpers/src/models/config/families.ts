import type { ConfigReader } from "./ConfigReader.ts";
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
import { chatGlm, glm, glm4 } from "./dense/glm.ts";
import { gpt2, gptBigCode } from "./dense/gpt2.ts";
import { gptJ, gptNeo } from "./dense/gptJ.ts";
import { gptNeoX } from "./dense/gptNeoX.ts";
import { nemotron, stableLm, starCoder2 } from "./dense/layerNormed.ts";
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
import { olmo, olmo2, olmo3 } from "./dense/olmo.ts";
import { openElm } from "./dense/openElm.ts";
import { bloom, opt } from "./dense/opt.ts";
import { phi, phi3, phi3Small } from "./dense/phi.ts";
import { apertus, exaone4, hunyuan } from "./dense/queryKeyNorms.ts";
import { mimo, qwen, qwen2, qwen3 } from "./dense/qwen.ts";
import { dbrx } from "./experts/dbrx.ts";
import { deepseekMoe } from "./experts/deepseekMoe.ts";
import { dots1 } from "./experts/dots1.ts";
import { ernieMoe } from "./experts/ernieMoe.ts";
import { flexOlmo } from "./experts/flexOlmo.ts";
import { glm4Moe, glm4vMoeText } from "./experts/glm4Moe.ts";
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
import { solarOpen } from "./experts/solarOpen.ts";
import { bamba } from "./hybrid/bamba.ts";
import { falconH1 } from "./hybrid/falconH1.ts";
import { graniteHybrid } from "./hybrid/graniteHybrid.ts";
import { jamba } from "./hybrid/jamba.ts";
import { lfm2, lfm2Moe } from "./hybrid/lfm2.ts";
import { mamba, mamba2 } from "./hybrid/mamba.ts";
import { mimoFlash } from "./hybrid/mimoFlash.ts";
import { minimax } from "./hybrid/minimax.ts";
import { nemotronH } from "./hybrid/nemotronH.ts";
import { nemotronPuzzle } from "./hybrid/nemotronPuzzle.ts";
import { olmoHybrid } from "./hybrid/olmoHybrid.ts";
import { qwen3Next, qwen35MoeText, qwen35Text } from "./hybrid/qwenHybrid.ts";
import { recurrentGemma } from "./hybrid/recurrentGemma.ts";
import { stateSpaces } from "./hybrid/stateSpaces.ts";
import { deepseekV2, deepseekV3, deepseekV32, glmLite, glmSparse, mistral4 } from "./latent/deepseek.ts";
import { minicpm3 } from "./latent/minicpm3.ts";
import { clip, clipText, siglip } from "./towers/clip.ts";
import { clipVision } from "./towers/clipVision.ts";
import { gemma3Joined } from "./towers/gemma3.ts";
import { glm4v, glm4vMoe, glm4vText } from "./towers/glmVl.ts";
import { kimiVl } from "./towers/kimiVl.ts";
import { llama4 } from "./towers/llama4.ts";
import { llava, llavaNext } from "./towers/llava.ts";
import { mistral3 } from "./towers/mistral3.ts";
import { mllama, mllamaText } from "./towers/mllama.ts";
import { paligemma } from "./towers/paligemma.ts";
import { pixtralVision } from "./towers/pixtralVision.ts";
import { qwen2Vl, qwen3Vl, qwen3VlMoe, qwen25Vl, qwen35, qwen35Moe } from "./towers/qwenVl.ts";
import { qwen2VlText, qwen3VlText } from "./towers/qwenVlText.ts";
import { siglipVision } from "./towers/siglipVision.ts";
import { mt5, t5, umt5 } from "./towers/t5.ts";
import { vit } from "./towers/vit.ts";

export type { ConfigReader } from "./ConfigReader.ts";

/** The reader of each `model_type`. */
export const families: Readonly<Record<string, ConfigReader>> = Object.fromEntries<ConfigReader>([
  ["apertus", apertus],
  ["aquila", llama],
  ["arcee", arcee],
  ["baichuan", baichuan],
  ["bamba", bamba],
  ["bloom", bloom],
  ["chatglm", chatGlm],
  ["clip", clip],
  ["clip_text_model", clipText],
  ["clip_vision_model", clipVision],
  ["codegen", gptJ],
  ["cohere", cohere],
  ["cohere2", cohere2],
  ["dbrx", dbrx],
  ["deepseek", deepseekMoe],
  ["deepseek_v2", deepseekV2],
  ["deepseek_v3", deepseekV3],
  ["deepseek_v32", deepseekV32],
  ["dots1", dots1],
  ["ernie4_5", ernie],
  ["ernie4_5_moe", ernieMoe],
  ["exaone", exaone],
  ["exaone4", exaone4],
  ["falcon", falcon],
  ["falcon_h1", falconH1],
  ["falcon_mamba", mamba],
  ["flex_olmo", flexOlmo],
  ["gemma", gemma],
  ["gemma2", gemma2],
  ["gemma3", gemma3Joined],
  ["gemma3_text", gemma3],
  ["glm", glm],
  ["glm4", glm4],
  ["glm4_moe", glm4Moe],
  ["glm4_moe_lite", glmLite],
  ["glm4v", glm4v],
  ["glm4v_moe", glm4vMoe],
  ["glm4v_moe_text", glm4vMoeText],
  ["glm4v_text", glm4vText],
  ["glm_moe_dsa", glmSparse],
  ["gpt2", gpt2],
  ["gpt_bigcode", gptBigCode],
  ["gpt_neo", gptNeo],
  ["gpt_neox", gptNeoX],
  ["gpt_oss", gptOss],
  ["gptj", gptJ],
  ["granite", granite],
  ["granitemoe", granitemoe],
  ["granitemoehybrid", graniteHybrid],
  ["granitemoeshared", granitemoeshared],
  ["grok-1", grok1],
  ["helium", helium],
  ["hf_olmo", olmo],
  ["hunyuan_v1_dense", hunyuan],
  ["hunyuan_v1_moe", hunyuanMoe],
  ["internlm", internLm],
  ["internlm2", internLm2],
  ["internlm3", internLm3],
  ["jamba", jamba],
  ["kimi_k2", deepseekV3],
  ["kimi_k25", kimiVl],
  ["lfm2", lfm2],
  ["lfm2_moe", lfm2Moe],
  ["llama", llama],
  ["llama4", llama4],
  ["llama4_text", llama4Text],
  ["llava", llava],
  ["llava_next", llavaNext],
  ["mamba", mamba],
  ["mamba2", mamba2],
  ["mimo", mimo],
  ["mimo_v2_flash", mimoFlash],
  ["minicpm", miniCpm],
  ["minicpm3", minicpm3],
  ["minimax", minimax],
  ["minimax_m1", minimax],
  ["minimax_m2", minimaxM2],
  ["minimax_text_01", minimax],
  ["MiniMaxM1", minimax],
  ["MiniMaxText01", minimax],
  ["ministral", ministral],
  ["ministral3", ministral3],
  ["mistral", mistral],
  ["mistral3", mistral3],
  ["mistral4", mistral4],
  ["mixformer-sequential", phi],
  ["mixtral", mixtral],
  ["mllama", mllama],
  ["mllama_text_model", mllamaText],
  ["mpt", mpt],
  ["mt5", mt5],
  ["nemotron", nemotron],
  ["nemotron-nas", nemotronPuzzle],
  ["nemotron_h", nemotronH],
  ["olmo", olmo],
  ["olmo2", olmo2],
  ["olmo3", olmo3],
  ["olmo_hybrid", olmoHybrid],
  ["olmoe", olmoe],
  ["openelm", openElm],
  ["opt", opt],
  ["orion", orion],
  ["paligemma", paligemma],
  ["phi", phi],
  ["phi-msft", phi],
  ["phi3", phi3],
  ["phi3small", phi3Small],
  ["phimoe", phimoe],
  ["pixtral", pixtralVision],
  ["qwen", qwen],
  ["qwen2", qwen2],
  ["qwen2_5_vl", qwen25Vl],
  ["qwen2_5_vl_text", qwen2VlText],
  ["qwen2_moe", qwen2Moe],
  ["qwen2_vl", qwen2Vl],
  ["qwen2_vl_text", qwen2VlText],
  ["qwen3", qwen3],
  ["qwen3_5", qwen35],
  ["qwen3_5_moe", qwen35Moe],
  ["qwen3_5_moe_text", qwen35MoeText],
  ["qwen3_5_text", qwen35Text],
  ["qwen3_moe", qwen3Moe],
  ["qwen3_next", qwen3Next],
  ["qwen3_vl", qwen3Vl],
  ["qwen3_vl_moe", qwen3VlMoe],
  ["qwen3_vl_moe_text", qwen3VlMoeText],
  ["qwen3_vl_text", qwen3VlText],
  ["recurrent_gemma", recurrentGemma],
  ["RefinedWeb", falcon],
  ["RefinedWebModel", falcon],
  ["seed_oss", seedOss],
  ["siglip", siglip],
  ["siglip_vision_model", siglipVision],
  ["skywork", llama],
  ["smollm3", smolLm3],
  ["state-spaces", stateSpaces],
  ["solar_open", solarOpen],
  ["stablelm", stableLm],
  ["stablelm_epoch", stableLm],
  ["starcoder2", starCoder2],
  ["t5", t5],
  ["umt5", umt5],
  ["vit", vit],
  ["xverse", xverse],
  ["Yi", llama],
]);
