import type { DescribedCommand } from "./describeCommands.ts";

/** Commands that may follow a path. */
export function wordsBelow(commands: readonly DescribedCommand[], path: readonly string[]): string[] {
  return commands
    .filter((each) => each.path.length === path.length + 1 && path.every((word, k) => each.path[k] === word))
    .map((each) => each.path.at(-1)!);
}

/** Cases of a shell that take a variable from one command's path to the next one's. */
export function pathCases(commands: readonly DescribedCommand[], variable: string): string {
  return commands
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `      ${quoted(path.join(" "))}) ${variable}=${quoted(path.join(" "))} ;;`)
    .join("\n");
}

/** A word as bash and zsh read it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
