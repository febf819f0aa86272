import { wordsBelow } from "./bashScript.ts";
import type { DescribedCommand, DescribedOption } from "./describeCommands.ts";

/** Completion for zsh, with what each word does; where nothing is known, files. */
export function zshScript(commands: readonly DescribedCommand[]): string {
  const cases = commands.map(({ path, options, choices }) => {
    const below = wordsBelow(commands, path).map((word) => {
      const found = commands.find((each) => each.path.join(" ") === [...path, word].join(" "));
      return quote(`${colon(word)}:${found?.summary ?? ""}`);
    });
    const words = [...below, ...choices.map((word) => quote(colon(word)))];
    const flags = options.flatMap(({ flags, description }) =>
      flags.map((flag) => quote(`${colon(flag)}:${description}`)),
    );
    return `    ${quote(path.join(" "))}) words_=(${words.join(" ")}) flags_=(${flags.join(" ")}) ;;`;
  });
  const values = commands.flatMap(({ path, options }) => options.flatMap((option) => valuesOf(path, option)));
  const paths = commands
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `      ${quote(path.join(" "))}) at=${quote(path.join(" "))} ;;`);
  return `#compdef isoflop
# isoflop completion zsh
_isoflop() {
  local at="" word before i
  local -a words_ flags_ values_
  word=$words[CURRENT]
  before=$words[CURRENT-1]
  for ((i = 2; i < CURRENT; i++)); do
    case "\${at:+$at }$words[i]" in
${paths.join("\n")}
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
  const then = value === "any" ? "_files" : `values_=(${value.map(quote).join(" ")}); compadd -a values_`;
  return flags.map((flag) => `    ${quote([...path, flag].join(" "))}) ${then}; return ;;`);
}

const colon = (text: string): string => text.replaceAll(":", "\\:");

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
