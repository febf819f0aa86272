// Written by scripts/serving-left-out.js.
import type { GroupRecord } from "./estimateRecord.ts";

/** How aggregated runs came out that a calibration had not seen. */
export interface LeftOutRecord extends GroupRecord {
  /** What the calibration was without, one group after the other. */
  readonly leftOut: "model" | "accelerator";
  readonly quantity: "ttft" | "tpot";
}

/**
 * How the estimates of aggregated runs of the dataset `measuredServing` come out when their model, or their accelerator, was
 * left out of the calibration: constants, spreads and factors of the intervals were worked out anew without each.
 *
 * @example
 * import { publishedServingLeftOut } from "isoflop";
 * publishedServingLeftOut().every(({ covered80, covered95 }) => covered80 <= covered95); // => true
 */
export const publishedServingLeftOut = (): readonly LeftOutRecord[] =>
  JSON.parse(`[
{"leftOut":"model","quantity":"ttft","group":"Kimi-K2.5","rows":69,"meanError":0.2495,"medianError":0.212,"medianRatio":0.8073,"covered80":0.9855,"covered95":0.9855,"width80":5.241},
{"leftOut":"model","quantity":"ttft","group":"MiniMax-M2.5","rows":149,"meanError":0.2695,"medianError":0.234,"medianRatio":0.7793,"covered80":0.953,"covered95":0.9933,"width80":5.556},
{"leftOut":"model","quantity":"ttft","group":"DeepSeek-R1","rows":269,"meanError":0.6172,"medianError":0.4224,"medianRatio":0.6664,"covered80":0.7509,"covered95":0.9628,"width80":5.636},
{"leftOut":"model","quantity":"ttft","group":"Qwen3.5-397B-A17B","rows":94,"meanError":0.5162,"medianError":0.5569,"medianRatio":0.4431,"covered80":0.5851,"covered95":1,"width80":5.316},
{"leftOut":"model","quantity":"ttft","group":"Llama-3.1-8B-Instruct","rows":121,"meanError":0.608,"medianError":0.4585,"medianRatio":0.9765,"covered80":0.9504,"covered95":1,"width80":16.74},
{"leftOut":"model","quantity":"ttft","group":"gpt-oss-120b","rows":179,"meanError":0.6488,"medianError":0.4178,"medianRatio":1.364,"covered80":0.8771,"covered95":1,"width80":5.044},
{"leftOut":"model","quantity":"ttft","group":"GLM-5","rows":21,"meanError":0.3252,"medianError":0.2753,"medianRatio":1.263,"covered80":1,"covered95":1,"width80":4.837},
{"leftOut":"model","quantity":"ttft","group":"Llama-3.1-70B","rows":219,"meanError":0.6201,"medianError":0.3913,"medianRatio":1.312,"covered80":0.8128,"covered95":0.9954,"width80":5.155},
{"leftOut":"model","quantity":"ttft","group":"all","rows":1121,"meanError":0.539,"medianError":0.3611,"medianRatio":0.8913,"covered80":0.8368,"covered95":0.9884,"width80":5.418},
{"leftOut":"model","quantity":"tpot","group":"Kimi-K2.5","rows":69,"meanError":0.1309,"medianError":0.1178,"medianRatio":1.039,"covered80":0.8116,"covered95":0.9855,"width80":1.692},
{"leftOut":"model","quantity":"tpot","group":"MiniMax-M2.5","rows":149,"meanError":0.1484,"medianError":0.1367,"medianRatio":0.8688,"covered80":0.8591,"covered95":1,"width80":1.738},
{"leftOut":"model","quantity":"tpot","group":"DeepSeek-R1","rows":269,"meanError":0.207,"medianError":0.1484,"medianRatio":0.9709,"covered80":0.8848,"covered95":0.9814,"width80":2.302},
{"leftOut":"model","quantity":"tpot","group":"Qwen3.5-397B-A17B","rows":94,"meanError":0.2268,"medianError":0.2287,"medianRatio":0.7713,"covered80":0.5213,"covered95":0.9787,"width80":1.689},
{"leftOut":"model","quantity":"tpot","group":"Llama-3.1-8B-Instruct","rows":121,"meanError":0.3896,"medianError":0.2417,"medianRatio":1.242,"covered80":0.8595,"covered95":0.9587,"width80":2.388},
{"leftOut":"model","quantity":"tpot","group":"gpt-oss-120b","rows":179,"meanError":0.268,"medianError":0.1823,"medianRatio":1.177,"covered80":0.8659,"covered95":0.9832,"width80":1.922},
{"leftOut":"model","quantity":"tpot","group":"GLM-5","rows":21,"meanError":0.1093,"medianError":0.1011,"medianRatio":0.8989,"covered80":0.9048,"covered95":1,"width80":1.802},
{"leftOut":"model","quantity":"tpot","group":"Llama-3.1-70B","rows":219,"meanError":0.1116,"medianError":0.09938,"medianRatio":0.972,"covered80":0.9954,"covered95":1,"width80":1.888},
{"leftOut":"model","quantity":"tpot","group":"all","rows":1121,"meanError":0.2052,"medianError":0.1563,"medianRatio":0.9917,"covered80":0.8626,"covered95":0.9857,"width80":1.969},
{"leftOut":"accelerator","quantity":"ttft","group":"b200-sxm-180gb","rows":648,"meanError":0.5326,"medianError":0.3861,"medianRatio":0.8607,"covered80":0.8657,"covered95":1,"width80":5.433},
{"leftOut":"accelerator","quantity":"ttft","group":"h200-sxm-141gb","rows":292,"meanError":0.5099,"medianError":0.3247,"medianRatio":0.9649,"covered80":0.9178,"covered95":1,"width80":4.771},
{"leftOut":"accelerator","quantity":"ttft","group":"gb200-186gb","rows":27,"meanError":1.957,"medianError":1.009,"medianRatio":2.009,"covered80":0.5556,"covered95":1,"width80":13.41},
{"leftOut":"accelerator","quantity":"ttft","group":"h100-sxm-80gb","rows":154,"meanError":0.3703,"medianError":0.3126,"medianRatio":0.8429,"covered80":0.8052,"covered95":0.9545,"width80":3.931},
{"leftOut":"accelerator","quantity":"ttft","group":"all","rows":1121,"meanError":0.5387,"medianError":0.3721,"medianRatio":0.8872,"covered80":0.8635,"covered95":0.9938,"width80":5.383},
{"leftOut":"accelerator","quantity":"tpot","group":"b200-sxm-180gb","rows":648,"meanError":0.1361,"medianError":0.1054,"medianRatio":0.9421,"covered80":0.9259,"covered95":0.9938,"width80":1.968},
{"leftOut":"accelerator","quantity":"tpot","group":"h200-sxm-141gb","rows":292,"meanError":0.2299,"medianError":0.1475,"medianRatio":0.9946,"covered80":0.7534,"covered95":0.9726,"width80":1.833},
{"leftOut":"accelerator","quantity":"tpot","group":"gb200-186gb","rows":27,"meanError":0.3059,"medianError":0.154,"medianRatio":0.9645,"covered80":0.5556,"covered95":0.9259,"width80":2.084},
{"leftOut":"accelerator","quantity":"tpot","group":"h100-sxm-80gb","rows":154,"meanError":0.1824,"medianError":0.08712,"medianRatio":1.014,"covered80":0.9481,"covered95":0.9675,"width80":1.849},
{"leftOut":"accelerator","quantity":"tpot","group":"all","rows":1121,"meanError":0.171,"medianError":0.1096,"medianRatio":0.9698,"covered80":0.8751,"covered95":0.9831,"width80":1.935}
]`);
