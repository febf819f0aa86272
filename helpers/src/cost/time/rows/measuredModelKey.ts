import { withoutRemarks } from "../../rows/rowModel.ts";
import { isMeasuredModel } from "./measuredModels.ts";

/** Spellings of tables of measurements, without size letters, spaces and signs, and the model they mean. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/^mpt(\d+[mb])$/, "mpt-$1"],
  [/^(?:metallama|llama)3(?:\.?1)?(8b)$/, "llama-3-$1"],
  [/^(?:metallama|llama)3(?:\.?[13])?(70b)$/, "llama-3-$1"],
  [/^(?:metallama|llama)3\.?1?405b$/, "llama-3.1-405b"],
  [/^(?:metallama|llama)270b$/, "llama-2-70b"],
  [/^deepseek(?:v3|r1|v3r1)(?:671b)?$/, "deepseek-v3"],
  [/^gptoss(20b|120b)$/, "gpt-oss-$1"],
  [/^qwen330ba3b$/, "qwen3-30b-a3b"],
  [/^qwen3235ba22b$/, "qwen3-235b-a22b"],
  [/^kimik2(?:1t)?$/, "kimi-k2"],
  [/^nemotron3nano(?:30ba3b)?$/, "nemotron-3-nano"],
  [/^nemotron3\.?5lightning(?:30ba3b)?$/, "nemotron-3.5-lightning"],
  [/^nemotron3super(?:120ba12b)?$/, "nemotron-3-super"],
  [/^mixtral(8x7b|8x22b)$/, "mixtral-$1"],
  [/^gpt3(?:175b)?$/, "gpt-3-175b"],
  [/^megatron(22b|1t)$/, "megatron-$1"],
  [/^(?:turing|mtnlg|turingnlg|megatronturing|megatronturingnlg)530b$/, "turing-530b"],
];

/** The key of a model as a table of measurements spells it, such as "LLAMA3_70B"; undefined where it is not known. */
export function measuredModelKey(spelling: string): string | undefined {
  const plain = withoutRemarks(spelling);
  const own = plain.slice(plain.lastIndexOf("/") + 1);
  // Whole, without what it says besides, without the vendor before it and the version of the weights behind it.
  for (const each of [spelling, plain, own, own.replace(/-v0\.\d$/, "")]) {
    const key = keyOf(each);
    if (key !== undefined) return key;
  }
  return undefined;
}

function keyOf(spelling: string): string | undefined {
  if (isMeasuredModel(spelling.toLowerCase())) return spelling.toLowerCase();
  const plain = spelling
    .toLowerCase()
    .replace(/w\/\s*o/g, "wo")
    .replace(/[^a-z0-9.]/g, "");
  for (const [pattern, key] of spellings) {
    if (!pattern.test(plain)) continue;
    const found = plain.replace(pattern, key);
    if (isMeasuredModel(found)) return found;
  }
  return undefined;
}
