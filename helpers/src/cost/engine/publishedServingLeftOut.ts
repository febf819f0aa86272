// Written by scripts/serving-left-out.js.
import { type LeftOutRecord, readLeftOutRecords } from "./readLeftOutRecords.ts";

/**
 * How the estimates of aggregated runs of the dataset `measuredServing` come out when their model, or their accelerator, was
 * left out of the calibration: constants, spreads and factors of the intervals were worked out anew without each.
 *
 * @example
 * import { publishedServingLeftOut } from "isoflop";
 * publishedServingLeftOut().every(({ covered80, covered95 }) => covered80 <= covered95); // => true
 */
export const publishedServingLeftOut = (): readonly LeftOutRecord[] => readLeftOutRecords(table);

/** Columns as `readLeftOutRecords` names them. */
const table = `
model,ttft,Kimi-K2.5,69,0.2495,0.212,0.8073,0.9855,0.9855,5.241
model,ttft,MiniMax-M2.5,149,0.2695,0.234,0.7793,0.953,0.9933,5.556
model,ttft,DeepSeek-R1,269,0.6172,0.4224,0.6664,0.7509,0.9628,5.636
model,ttft,Qwen3.5-397B-A17B,94,0.5162,0.5569,0.4431,0.5851,1,5.316
model,ttft,Llama-3.1-8B-Instruct,121,0.608,0.4585,0.9765,0.9504,1,16.74
model,ttft,gpt-oss-120b,179,0.6488,0.4178,1.364,0.8771,1,5.044
model,ttft,GLM-5,21,0.3252,0.2753,1.263,1,1,4.837
model,ttft,Llama-3.1-70B,219,0.6201,0.3913,1.312,0.8128,0.9954,5.155
model,ttft,all,1121,0.539,0.3611,0.8913,0.8368,0.9884,5.418
model,tpot,Kimi-K2.5,69,0.1309,0.1178,1.039,0.8116,0.9855,1.692
model,tpot,MiniMax-M2.5,149,0.1484,0.1367,0.8688,0.8591,1,1.738
model,tpot,DeepSeek-R1,269,0.207,0.1484,0.9709,0.8848,0.9814,2.302
model,tpot,Qwen3.5-397B-A17B,94,0.2268,0.2287,0.7713,0.5213,0.9787,1.689
model,tpot,Llama-3.1-8B-Instruct,121,0.3896,0.2417,1.242,0.8595,0.9587,2.388
model,tpot,gpt-oss-120b,179,0.268,0.1823,1.177,0.8659,0.9832,1.922
model,tpot,GLM-5,21,0.1093,0.1011,0.8989,0.9048,1,1.802
model,tpot,Llama-3.1-70B,219,0.1116,0.09938,0.972,0.9954,1,1.888
model,tpot,all,1121,0.2052,0.1563,0.9917,0.8626,0.9857,1.969
accelerator,ttft,b200-sxm-180gb,648,0.5326,0.3861,0.8607,0.9537,1,12.54
accelerator,ttft,h200-sxm-141gb,292,0.5099,0.3247,0.9649,0.9932,1,12.59
accelerator,ttft,gb200-186gb,27,1.957,1.009,2.009,0.7037,1,87.72
accelerator,ttft,h100-sxm-80gb,154,0.3703,0.3126,0.8429,0.8571,0.9935,6.194
accelerator,ttft,all,1121,0.5387,0.3721,0.8872,0.9447,0.9991,12.52
accelerator,tpot,b200-sxm-180gb,648,0.1361,0.1054,0.9421,0.9753,0.9985,2.548
accelerator,tpot,h200-sxm-141gb,292,0.2299,0.1475,0.9946,0.9384,0.9863,2.584
accelerator,tpot,gb200-186gb,27,0.3059,0.154,0.9645,0.5556,1,2.458
accelerator,tpot,h100-sxm-80gb,154,0.1824,0.08712,1.014,0.961,0.987,2.707
accelerator,tpot,all,1121,0.171,0.1096,0.9698,0.9536,0.9938,2.559
`;
