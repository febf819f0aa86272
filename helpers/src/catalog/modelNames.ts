/** What stands behind a model's name and says how it was tuned, dated or stored; none of it changes a shape. */
const tail =
  /^(instruct|chat|it|base|pt|hf|sft|dpo|thinking|reasoning|preview|(nv|mx)?fp\d+|bf16|u?int[48]|[48]bit|bnb|awq|gptq|gguf|autoround|w\d+a\d+|dynamic|static|pertensor|perchannel|block|kv|quantized|mlx|marlin|hqq|exl\d|ct|\d{4})$/;

/** What weights were rounded to, which is not always one part: the second try of a format, and GGUF's "Q4_K_M". */
const roundedTo =
  /(?<=[-_.](?:nv|mx)?fp\d)[-_]v\d$|[-_.](?:ud[-_])?i?q\d(?:[-_](?:k|[sml]|x{1,2}s|xl|nl|\d))*$/i;

/** A name in its parts: without vendor, in small letters, cut at spaces, hyphens and dots. */
export function nameParts(name: string): string[] {
  const own = name.trim().replace(/\/+$/, "").split("/").at(-1)!;
  const parts = own
    .replace(roundedTo, "")
    .toLowerCase()
    .split(/[\s_.-]+/);
  // "Meta-Llama-3-8B", "NVIDIA-Nemotron-3-Nano": the vendor within the name.
  return parts.length > 1 && /^(meta|nvidia)$/.test(parts[0]!) ? parts.slice(1) : parts;
}

/** A name as it is compared: its parts in one, with a dot between digits only, so that 1.3 is not 13. */
export const plainName = (name: string): string => joined(nameParts(name));

/** The plain names that a name may mean: whole, then with one part after the other left off that changes no shape. */
export function* plainNames(name: string): Generator<string> {
  const parts = nameParts(name);
  yield joined(parts);
  while (parts.length > 1 && tail.test(parts.at(-1)!)) {
    parts.pop();
    yield joined(parts);
  }
}

/** What may stand at the end of a published name that goes without: dates do not, since they tell models apart. */
const tuned = /^(instruct|chat|it|pt|base|hf)$/;

/** The plain names of a published model without what says how it was tuned: Qwen3-VL-8B of Qwen3-VL-8B-Instruct. */
export function* shorterNames(name: string): Generator<string> {
  const parts = nameParts(name);
  while (parts.length > 1 && tuned.test(parts.at(-1)!)) {
    parts.pop();
    yield joined(parts);
  }
}

const joined = (parts: readonly string[]) =>
  parts.reduce((whole, part) => whole + (/\d$/.test(whole) && /^\d/.test(part) ? "." : "") + part);
