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
model,ttft,Kimi-K2.5,50,0.1987,0.1382,0.9205,0.98,1,5.314
model,ttft,MiniMax-M2.5,149,0.2341,0.1998,0.8331,0.9732,0.9933,5.58
model,ttft,DeepSeek-R1,269,0.488,0.3918,0.6713,0.7026,0.948,4.008
model,ttft,Qwen3.5-397B-A17B,58,0.4353,0.4584,0.5416,0.8966,1,6.357
model,ttft,Llama-3.1-8B-Instruct,121,0.6786,0.4528,0.9923,0.876,1,14.04
model,ttft,gpt-oss-120b,179,0.7141,0.4943,1.454,0.8659,1,5.578
model,ttft,GLM-5,21,0.4451,0.412,1.412,1,1,4.906
model,ttft,Llama-3.1-70B,219,0.6992,0.3533,1.352,0.79,0.9909,5.028
model,ttft,all,1066,0.5382,0.3412,0.9579,0.8349,0.9841,5.427
model,tpot,Kimi-K2.5,50,0.1978,0.1976,1.155,0.9,0.98,1.757
model,tpot,MiniMax-M2.5,149,0.1405,0.1254,0.8779,0.8591,1,1.697
model,tpot,DeepSeek-R1,269,0.1975,0.1525,0.9638,0.7584,0.9145,1.674
model,tpot,Qwen3.5-397B-A17B,58,0.2303,0.251,0.749,0.4138,0.9138,1.67
model,tpot,Llama-3.1-8B-Instruct,121,0.3743,0.2105,1.211,0.843,0.9091,1.982
model,tpot,gpt-oss-120b,179,0.3322,0.2693,1.268,0.6536,0.9665,1.74
model,tpot,GLM-5,21,0.1114,0.102,0.898,0.9048,1,1.776
model,tpot,Llama-3.1-70B,219,0.1149,0.1029,0.9602,0.9954,1,1.848
model,tpot,all,1066,0.2153,0.1617,1.007,0.8039,0.9568,1.78
accelerator,ttft,b200-sxm-180gb,608,0.5312,0.3548,0.924,0.9128,0.9901,6.909
accelerator,ttft,h200-sxm-141gb,277,0.5741,0.3496,1.032,0.9386,1,6.393
accelerator,ttft,gb200-186gb,27,0.5698,0.3644,1.177,0.963,1,19.48
accelerator,ttft,h100-sxm-80gb,154,0.3861,0.3445,0.8868,0.8571,0.9805,5.509
accelerator,ttft,all,1066,0.5224,0.3505,0.9536,0.9128,0.9916,6.848
accelerator,tpot,b200-sxm-180gb,608,0.1363,0.1077,0.9223,0.9441,0.9918,2.094
accelerator,tpot,h200-sxm-141gb,277,0.2375,0.1496,1.049,0.8195,0.9783,1.95
accelerator,tpot,gb200-186gb,27,0.2679,0.1101,0.9732,0.5556,1,2.184
accelerator,tpot,h100-sxm-80gb,154,0.1845,0.08184,1.035,0.961,0.9675,2.044
accelerator,tpot,all,1066,0.1729,0.1128,0.9621,0.9043,0.985,2.062
`;
