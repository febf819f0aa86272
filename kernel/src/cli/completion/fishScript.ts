import type { DescribedCommand } from "./describeCommands.ts";
import { wordsBelow } from "./shellText.ts";

/** Completion for fish: a line for everything that may follow, with what it does. */
export function fishScript(commands: readonly DescribedCommand[]): string {
  const lines = commands.flatMap((command) => {
    const { path, options, choices } = command;
    const below = wordsBelow(commands, path);
    const at = quote(conditionOf(path, below));
    const summaries = new Map(commands.map((each) => [each.path.join(" "), each.summary]));
    return [
      ...below.map((word) =>
        line(`-n ${at} -f -a ${quote(word)}`, summaries.get([...path, word].join(" ")) ?? ""),
      ),
      ...(choices.length > 0 ? [line(`-n ${at} -f -a ${quote(choices.join(" "))}`, "")] : []),
      ...options.map(({ flags, description, value }) => {
        const names = flags.map((flag) =>
          flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
        );
        const values =
          value === undefined ? [] : value === "any" ? ["-r"] : ["-x", `-a ${quote(value.join(" "))}`];
        return line(["-n", at, ...names, ...values].join(" "), description);
      }),
    ];
  });
  return `# isoflop completion fish\n${lines.join("\n")}\n`;
}

/** All words of the path are on the line, and none that leads further. */
function conditionOf(path: readonly string[], below: readonly string[]): string {
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const none = below.length > 0 ? [`not __fish_seen_subcommand_from ${below.join(" ")}`] : [];
  return [...seen, ...none].join("; and ") || "true";
}

const line = (what: string, description: string): string =>
  `complete -c isoflop ${what}${description === "" ? "" : ` -d ${quote(description)}`}`;

const quote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
