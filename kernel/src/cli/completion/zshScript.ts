import type { DescribedCommand, DescribedOption } from "./describeCommands.ts";
import { pathCases, quoted, wordsBelow } from "./shellText.ts";

/** Completion for zsh, with what each word does; where nothing is known, files. */
export function zshScript(commands: readonly DescribedCommand[]): string {
  const cases = commands.map(({ path, options, choices }) => {
    const below = wordsBelow(commands, path).map((word) => {
      const found = commands.find((each) => each.path.join(" ") === [...path, word].join(" "));
      return quoted(`${colon(word)}:${found?.summary ?? ""}`);
    });
    const words = [...below, ...choices.map((word) => quoted(colon(word)))];
    const flags = options.flatMap(({ flags, description }) =>
      flags.map((flag) => quoted(`${colon(flag)}:${description}`)),
    );
    return `    ${quoted(path.join(" "))}) words_=(${words.join(" ")}) flags_=(${flags.join(" ")}) ;;`;
  });
  const values = commands.flatMap(({ path, options }) => options.flatMap((option) => valuesOf(path, option)));
  return `#compdef isoflop
# isoflop completion zsh
_isoflop() {
  local at="" word before i
  local -a words_ flags_ values_
  word=$words[CURRENT]
  before=$words[CURRENT-1]
  for ((i = 2; i < CURRENT; i++)); do
    case "\${at:+$at }$words[i]" in
${pathCases(commands, "at")}
    esac
  done
  case "\${at:+$at }$before" in
${values.join("\n")}
  esac
  case "$at" in
${cases.join("\n")}
  esac
  if [[ $word == -* ]]; then
    _describe option flags_
  elif (( $#words_ )); then
    _describe command words_
  else
    _files
  fi
}
if [ "$funcstack[1]" = _isoflop ]; then _isoflop "$@"; else compdef _isoflop isoflop; fi
`;
}

function valuesOf(path: readonly string[], { flags, value }: DescribedOption): string[] {
  if (value === undefined) return [];
  const then = value === "any" ? "_files" : `values_=(${value.map(quoted).join(" ")}); compadd -a values_`;
  return flags.map((flag) => `    ${quoted([...path, flag].join(" "))}) ${then}; return ;;`);
}

const colon = (text: string): string => text.replaceAll(":", "\\:");
