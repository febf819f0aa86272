import { compressionCurve } from "./compressionCurve.ts";
import { tokensFromCharacters } from "./tokensPerCharacter.ts";

/** What approach 3 reads of a checkpoint. */
export interface VocabularyCheckpoint {
  readonly vocabSize: number;
  readonly nParamsNonVocab: number;
  readonly nParamsVocab: number;
  readonly nCharacters: number;
  readonly flops: number;
  /** Counted anew from the characters; only compared with them. */
  readonly nTokens?: number;
}

/**
 * The checkpoints approach 3 of Tao et al. 2024 is fitted to: those above 2.18e17 FLOPs, with their tokens counted.
 *
 * `corrected` counts D = H f(V). `as-coded` counts D = H f(V / 1000), as the authors' approach3_isoloss.py does
 * (it divides V by 1000 before the call): 2.65 to 3 times too many tokens, by an amount that depends on V. Only
 * `as-coded` reproduces the published constants.
 *
 * @throws RangeError when a checkpoint has H <= 0, V < 256, or more tokens than characters
 *
 * @example
 * import { vocabularyFitRuns } from "isoflop";
 * import { vocabularyRuns } from "isoflop-datasets";
 * vocabularyFitRuns(vocabularyRuns(), "corrected").length; // => 1054
 */
export function vocabularyFitRuns<R extends VocabularyCheckpoint>(
  checkpoints: readonly R[],
  tokens: "corrected" | "as-coded",
): (R & { nTokens: number })[] {
  checkpoints.forEach((run, row) => {
    if (run.nTokens !== undefined && run.nTokens >= run.nCharacters) {
      throw new RangeError(
        `nTokens ${run.nTokens} in row ${row} exceeds nCharacters ${run.nCharacters}, but a token covers a character or more; are the two columns swapped?`,
      );
    }
  });
  return checkpoints
    .filter((run) => run.flops >= 2.18e17)
    .map((run) => {
      const nTokens = tokensFromCharacters(run.nCharacters, run.vocabSize);
      return {
        ...run,
        nTokens: tokens === "corrected" ? nTokens : run.nCharacters * compressionCurve(run.vocabSize / 1000),
      };
    });
}
