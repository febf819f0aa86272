import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { CatalogAccelerator } from "./Accelerator.ts";
import { accelerators } from "./accelerators.ts";
import { unknownAccelerator } from "./unknownAccelerator.ts";

/** How to read a name that several boards bear. */
export interface FindAcceleratorOptions {
  /** The board to take where the name leaves it open, such as SXM for the "H100" of a training cluster. */
  readonly form?: "sxm" | "pcie" | "nvl";
}

/** Words that say who made it, what kind of memory it has or that it is an accelerator: they tell none from another. */
const idle = new Set(
  "nvidia amd google cloud intel habana aws amazon instinct geforce tesla blackwell hopper gpu gpus accelerator oam hbm2 hbm3 hbm3e".split(
    " ",
  ),
);

/** The words of a name in lower case, with the generation of the socket left out: "NVIDIA H100-SXM5-80GB" is h100, sxm, 80gb. */
function words(name: string): string[] {
  const found = name
    .toLowerCase()
    // The RTX 6000 is another card, of which there are two.
    .replace(/(?<![a-z0-9])rtx[^a-z0-9]+(?:pro[^a-z0-9]+6000|6000[^a-z0-9]+pro)(?![a-z0-9])/, "rtxpro6000")
    .replace(/(v\d)[^a-z0-9]+lite/, "$1lite")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    // DGX and HGX are systems of SXM boards.
    .map((word) => word.replace(/^(?:sxm\d|[dh]gx)$/, "sxm"));
  const telling = found.filter((word) => !idle.has(word));
  return telling.length > 0 ? telling : found;
}

const spelled = (name: string) => words(name).join("-");

/** What the first words come to without marks between them, for each number of words: h100, h100sxm, h100sxm80gb. */
const starts = (spelling: string) => spelling.split("-").map((_, at, all) => all.slice(0, at + 1).join(""));

const entries = Object.entries<CatalogAccelerator>(accelerators).map(([key, sheet]) => {
  const names = [key, sheet.name, ...sheet.aliases];
  const spellings = names.map(spelled);
  return {
    key,
    sheet,
    spellings,
    words: new Set(names.flatMap(words)),
    starts: new Set(spellings.flatMap(starts)),
  };
});

/** Sizes and small numbers alone name no accelerator, whoever has the only one of that size. */
const isSize = (word: string) => /^\d{1,3}(?:gb)?$/.test(word);

/** Words of a name are those of the accelerator, "80" standing for its "80gb". */
const hasAll = (known: ReadonlySet<string>, asked: readonly string[]) =>
  asked.every((word) => known.has(word) || (isSize(word) && known.has(`${word}gb`)));

/**
 * An accelerator by its name in any case and with any of `-`, `_` and space: a whole name, a spelling of the tables of
 * measurements ("h100_80gb", "DGX-GB200", "NVIDIA H200-SXM5-141GB", "TPU Trillium (v6e)"), or as many of its words as tell
 * it from all others ("h100-sxm", "mi300x"), written together or apart ("h100sxm"). Words are whole: an "L40" is no L40S.
 *
 * The catalogue does not hold every board: where it has one form of a chip alone ("b200", "h800"), the name means that.
 *
 * @param name the name
 * @param options `form`, the board to take where the name leaves it open
 * @throws RangeError when no accelerator is meant, with the nearest name, or several are, with all their names
 *
 * @example
 * import { findAccelerator } from "isoflop";
 * findAccelerator("NVIDIA H100-SXM5-80GB").boardWatts; // => 700
 * findAccelerator("H100", { form: "sxm" }).name; // => "H100-SXM-80GB"
 * findAccelerator("gb200").memoryBytes; // => 186e9
 */
export function findAccelerator(name: string, options: FindAcceleratorOptions = {}): CatalogAccelerator {
  requireOptions("findAccelerator", options, ["form"]);
  if (options.form !== undefined) requireOneOf("form", options.form, ["sxm", "pcie", "nvl"]);
  if (typeof name !== "string" || words(name).length === 0) {
    throw new RangeError(`accelerator must be a name such as h100-sxm-80gb, got ${describeGiven(name)}`);
  }
  const asked = spelled(name);
  const whole = entries.find(({ spellings }) => spellings.includes(asked));
  if (whole) return whole.sheet;
  const own = words(name);
  let found = own.every(isSize) ? [] : entries.filter((entry) => hasAll(entry.words, own));
  if (found.length === 0) found = entries.filter((entry) => entry.starts.has(asked.replaceAll("-", "")));
  if (found.length > 1 && options.form) {
    const formed = found.filter(({ words: each }) => each.has(options.form!));
    if (formed.length > 0) found = formed;
  }
  if (found.length === 1) return found[0]!.sheet;
  if (found.length > 1) {
    throw new RangeError(
      `accelerator "${name}" is ambiguous: it may be ${found.map(({ key }) => key).join(", ")}; name one of them`,
    );
  }
  throw unknownAccelerator(name, own, entries);
}
