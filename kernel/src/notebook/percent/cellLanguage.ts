// `_JUPYTER_LANGUAGES` of jupytext/languages.py: cell magics whose cells are kept as comments, with the language by name.
const languages = new Set(
  (
    "R bash sh python python2 python3 coconut javascript js perl html latex markdown pypy ruby script svg matlab octave idl " +
    "robotframework sas spark sql cython haskell tcl gnuplot julia c++ scheme clojure powershell q typescript scala rust csharp " +
    "fsharp sos java groovy sage ocaml maxima stata xonsh logtalk lua go c# f# cs fs"
  ).split(" "),
);
languages.add("wolfram language");

/** Whether cells in this language are written with `%%language`. */
export const isCellLanguage = (language: unknown): language is string =>
  typeof language === "string" && languages.has(language);

/** Takes `%%bash -x` off the first line of a cell; undefined where there is no such line. */
export function languageOf(
  lines: readonly string[],
): { language: string; options: string; lines: readonly string[] } | undefined {
  const [first = "", ...others] = lines;
  if (!first.startsWith("%%")) return undefined;
  const blank = first.indexOf(" ");
  const language = blank < 0 ? first.slice(2) : first.slice(2, blank);
  const options = blank < 0 ? "" : first.slice(blank + 1);
  return languages.has(language) ? { language, options, lines: others } : undefined;
}
