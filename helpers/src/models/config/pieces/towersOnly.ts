import type { Tower } from "../../Model.ts";
import type { ReadModel } from "../ConfigReader.ts";

/** A model that has no decoder, such as a vision tower on its own. */
export function towersOnly(hiddenSize: number, towers: readonly Tower[], vocabSize = 0): ReadModel {
  return { hiddenSize, vocabSize, input: [], layers: [], output: [], towers, prediction: [] };
}
