import type { Argument } from "commander";

const wordsOf = new WeakMap<Argument, () => readonly string[]>();

/** Lets shells offer words for an argument that takes others, too, or too many to list in a help. */
export function completeWith(argument: Argument, words: () => readonly string[]): void {
  wordsOf.set(argument, words);
}

/** The words a shell offers for an argument. */
export const wordsFor = (argument: Argument | undefined): readonly string[] =>
  argument === undefined ? [] : (argument.argChoices ?? wordsOf.get(argument)?.() ?? []);
