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
model,ttft,MiniMax-M2.5,149,0.2695,0.234,0.7793,0.9463,0.9933,5.486
model,ttft,DeepSeek-R1,269,0.6172,0.4224,0.6664,0.7509,0.9628,5.636
model,ttft,Qwen3.5-397B-A17B,94,0.5162,0.5569,0.4431,0.5851,1,5.316
model,ttft,Llama-3.1-8B-Instruct,121,0.608,0.4585,0.9765,0.9504,1,16.74
model,ttft,gpt-oss-120b,179,0.6488,0.4178,1.364,0.8715,1,4.911
model,ttft,GLM-5,21,0.3252,0.2753,1.263,1,1,4.837
model,ttft,Llama-3.1-70B,219,0.6201,0.3913,1.312,0.8128,0.9954,5.048
model,ttft,all,1121,0.539,0.3611,0.8913,0.835,0.9884,5.328
model,tpot,Kimi-K2.5,69,0.1309,0.1178,1.039,0.8116,0.9855,1.682
model,tpot,MiniMax-M2.5,149,0.1484,0.1367,0.8688,0.8523,0.9933,1.69
model,tpot,DeepSeek-R1,269,0.207,0.1484,0.9709,0.7695,0.9182,1.787
model,tpot,Qwen3.5-397B-A17B,94,0.2268,0.2287,0.7713,0.4681,0.9574,1.646
model,tpot,Llama-3.1-8B-Instruct,121,0.3896,0.2417,1.242,0.8182,0.9256,1.958
model,tpot,gpt-oss-120b,179,0.268,0.1823,1.177,0.7877,0.9665,1.756
model,tpot,GLM-5,21,0.1093,0.1011,0.8989,0.9048,1,1.737
model,tpot,Llama-3.1-70B,219,0.1116,0.09938,0.972,0.9954,1,1.809
model,tpot,all,1121,0.2052,0.1563,0.9917,0.8127,0.9616,1.763
accelerator,ttft,b200-sxm-180gb,648,0.5326,0.3861,0.8607,0.9275,1,7.757
accelerator,ttft,h200-sxm-141gb,292,0.5099,0.3247,0.9649,0.9795,1,7.068
accelerator,ttft,gb200-186gb,27,1.957,1.009,2.009,0.7037,1,38.87
accelerator,ttft,h100-sxm-80gb,154,0.3703,0.3126,0.8429,0.8506,0.987,5.691
accelerator,ttft,all,1121,0.5387,0.3721,0.8872,0.9251,0.9982,7.671
accelerator,tpot,b200-sxm-180gb,648,0.1361,0.1054,0.9421,0.9444,0.9954,2.119
accelerator,tpot,h200-sxm-141gb,292,0.2299,0.1475,0.9946,0.8116,0.9795,1.985
accelerator,tpot,gb200-186gb,27,0.3059,0.154,0.9645,0.5556,1,2.3
accelerator,tpot,h100-sxm-80gb,154,0.1824,0.08712,1.014,0.9545,0.9675,2.014
accelerator,tpot,all,1121,0.171,0.1096,0.9698,0.9019,0.9875,2.082
`;
