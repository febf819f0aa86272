import type { Command } from "commander";
import { wordsFor } from "./completeWith.ts";

/** A command as completion knows it. */
export interface DescribedCommand {
  /** The words that call it, behind `isoflop`; none for the program itself. */
  path: readonly string[];
  summary: string;
  options: readonly DescribedOption[];
  /** The words of a first argument that takes only some. */
  choices: readonly string[];
}

export interface DescribedOption {
  /** `-q`, `--quiet`: what may stand on the line. */
  flags: readonly string[];
  description: string;
  /** What stands behind it, if anything: one of these words, or a file. */
  value: readonly string[] | "any" | undefined;
}

/** The program and everything below it, in the order of the help. */
export function describeCommands(command: Command, path: readonly string[] = []): DescribedCommand[] {
  const described: DescribedCommand = {
    path,
    summary: firstSentence(command.summary() || command.description()),
    options: command
      .createHelp()
      .visibleOptions(command)
      .map((option) => ({
        flags: [option.short, option.long].filter((flag) => flag !== undefined),
        description: firstSentence(option.description),
        value: option.required || option.optional ? (someOf(wordsFor(option)) ?? "any") : undefined,
      })),
    choices: wordsFor(command.registeredArguments[0]),
  };
  return [
    described,
    ...command.commands.flatMap((below) => describeCommands(below, [...path, below.name()])),
  ];
}

const someOf = (words: readonly string[]) => (words.length > 0 ? words : undefined);

/** Shells show one line. */
function firstSentence(text: string): string {
  return text.split(/\n|(?<=[a-z)])[.;:] /)[0]!.replace(/\.$/, "");
}
