import { nearestWord } from "../../../text/nearestWord.ts";

/** Engines that tables of measurements name, and how else they are written. */
const spellings: Readonly<Record<string, string>> = {
  vllm: "vllm",
  sglang: "sglang",
  trtllm: "trtllm",
  tensorrtllm: "trtllm",
  tensorrt: "trtllm",
};

/**
 * Engine and version of a name such as "vllm", "TensorRT-LLM 1.0" or "sglang 0.5.9".
 *
 * @throws RangeError where it is none of those that are known
 */
export function servingEngine(name: string | undefined): {
  readonly engine: string;
  readonly release: string;
} {
  if (name === undefined) return { engine: "", release: "" };
  const [, word = "", release = ""] = /^\s*([a-z][a-z\s_-]*?)[\s_@:=-]*(?:v?(\d\S*))?\s*$/i.exec(name) ?? [];
  const engine = spellings[word.toLowerCase().replace(/[\s_-]/g, "")];
  if (engine !== undefined) return { engine, release };
  const near = nearestWord(word, Object.keys(spellings));
  throw new RangeError(
    `--engine must be vllm, sglang or trtllm, with a version behind it if you like, got ${JSON.stringify(name)}; ${near ? `did you mean ${spellings[near]}?` : "leave it out for another"}`,
  );
}
