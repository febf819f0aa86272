import type { NotebookMetadata } from "../Notebook.ts";

/** Whose notebook it is: one for this kernel, one of another kernel for TypeScript or JavaScript, or neither. */
export type NotebookLanguage =
  | { kind: "own" }
  | { kind: "typescript" | "javascript"; kernel: string }
  | { kind: "other"; language: string; kernel: string | undefined };

/** Kernels whose notebooks were written without a strict type check. */
const looseKernels = /^(tslab|deno)\b/i;
const scriptKernels = /^(jslab|x?javascript|ijavascript|nodejs|xeus-javascript)\b/i;

/** What a kernel's name says of its language where nothing else does. */
const languagesByKernel: [RegExp, string][] = [
  [/^(python|xpython|ipykernel|pysparkkernel|pyodide)|^(conda-.*-py|.*-python\d*)$/i, "Python"],
  [/^(ir|xr|ark)\d*$|^conda-.*-r$/i, "R"],
  [/^julia/i, "Julia"],
  [/^\.net-csharp/i, "C#"],
  [/^\.net-fsharp/i, "F#"],
  [/^(bash|calysto_bash)$/i, "Bash"],
  [/^xcpp/i, "C++"],
  [/^(rust|evcxr)$/i, "Rust"],
  [/^(scala|almond|spylon)/i, "Scala"],
  [/^(gophernotes|gonb)$/i, "Go"],
  [/^(ruby|iruby)$/i, "Ruby"],
  [/^(octave|xoctave|matlab)/i, "MATLAB"],
  [/^(sql|xsqlite|xsql)/i, "SQL"],
  [/^(java|ijava|rapaio)/i, "Java"],
  [/^kotlin/i, "Kotlin"],
  [/^(haskell|ihaskell)/i, "Haskell"],
  [/^sagemath/i, "Sage"],
];

/** As their makers spell them. */
const spelled = new Map(
  ["Python", "R", "Julia", "Bash", "Rust", "Scala", "Go", "Ruby", "SQL", "Java", "Kotlin", "Haskell"].map(
    (name) => [name.toLowerCase(), name],
  ),
);

/**
 * The language a notebook says it is in: by its kernelspec, else by what the kernel that ran it noted of itself. A
 * notebook that says nothing is ours.
 */
export function notebookLanguage({ kernelspec, language_info }: NotebookMetadata): NotebookLanguage {
  const kernel = text(kernelspec?.name);
  const language = text(kernelspec?.language) ?? languageOf(kernel) ?? text(language_info?.name);
  const by = kernel ?? text(kernelspec?.display_name) ?? "";
  if (language === undefined) return { kind: "own" };
  switch (language.toLowerCase()) {
    case "tslab":
    case "deno":
      return { kind: "typescript", kernel: by || language };
    case "typescript":
    case "ts":
      return kernel && looseKernels.test(kernel) ? { kind: "typescript", kernel } : { kind: "own" };
    case "jslab":
    case "javascript":
    case "ecmascript":
    case "js":
    case "node":
    case "nodejs":
      return { kind: "javascript", kernel: by || language };
    default:
      return { kind: "other", language: spelled.get(language.toLowerCase()) ?? language, kernel };
  }
}

function languageOf(kernel: string | undefined): string | undefined {
  if (kernel === undefined) return undefined;
  if (looseKernels.test(kernel)) return "typescript";
  if (scriptKernels.test(kernel)) return "javascript";
  return languagesByKernel.find(([pattern]) => pattern.test(kernel))?.[1];
}

/** Metadata is other programs' work: a name may be anything. */
function text(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const trimmed = value.trim().slice(0, 80);
  return trimmed === "" ? undefined : trimmed;
}
