import type { DescribedCommand } from "./describeCommands.ts";
import { pathCases, quoted, wordsBelow } from "./shellText.ts";

/**
 * Completion for bash as a script that starts no program: what may follow is written into it. Where it knows nothing, bash
 * completes files.
 */
export function bashScript(commands: readonly DescribedCommand[]): string {
  const words = commands.map(({ path, options, choices }) => {
    const below = wordsBelow(commands, path);
    const flags = options.flatMap((option) => option.flags);
    return `    ${quoted(path.join(" "))}) words=${quoted([...below, ...choices].join(" "))} flags=${quoted(flags.join(" "))} ;;`;
  });
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap(({ flags, value }) =>
      value === undefined
        ? []
        : flags.map(
            (flag) =>
              `    ${quoted([...path, flag].join(" "))}) values=${quoted(value === "any" ? "" : value.join(" "))}; known=1 ;;`,
          ),
    ),
  );
  return `# isoflop completion bash
_isoflop() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path="" words="" flags="" values="" known="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${path:+$path }\${COMP_WORDS[i]}" in
${pathCases(commands, "path")}
    esac
  done
  case "\${path:+$path }$before" in
${values.join("\n")}
  esac
  if [ -n "$known" ]; then
    COMPREPLY=($(compgen -W "$values" -- "$word"))
    return
  fi
  case "$path" in
${words.join("\n")}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
  esac
}
complete -o bashdefault -o default -F _isoflop isoflop
`;
}
