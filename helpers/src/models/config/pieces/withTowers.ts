import type { Tower } from "../../Model.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";

/**
 * A text model with towers beside it. Whether the head is the table is said where the parts are joined, and only where
 * nothing is said there by the text model.
 */
export function withTowers(
  keys: ConfigKeys,
  text: ReadModel,
  towers: readonly Tower[],
  options: { readonly tied?: boolean; readonly eitherTies?: boolean } = {},
): ReadModel {
  const own = text.output.some((block) => block.kind === "head" && block.tied);
  const joined = keys.flag("tie_word_embeddings", options.tied ?? own);
  const tied = joined || (options.eitherTies === true && own);
  const output = text.output.map((block) => (block.kind === "head" ? { ...block, tied } : block));
  return { ...text, output, towers: [...text.towers, ...towers] };
}
