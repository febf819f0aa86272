import type { Argument, Option } from "commander";

const wordsOf = new WeakMap<Argument | Option, () => readonly string[]>();

/** Lets shells offer words for an argument or an option that takes others, too, or too many to list in a help. */
export function completeWith<Taking extends Argument | Option>(
  taking: Taking,
  words: () => readonly string[],
): Taking {
  wordsOf.set(taking, words);
  return taking;
}

/** The words a shell offers for an argument or the value of an option; none where it takes any. */
export const wordsFor = (taking: Argument | Option | undefined): readonly string[] =>
  taking === undefined ? [] : (taking.argChoices ?? wordsOf.get(taking)?.() ?? []);
