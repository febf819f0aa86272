import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { nearestName } from "../../numerics/arguments/nearestName.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { CatalogAccelerator } from "./Accelerator.ts";
import { accelerators } from "./accelerators.ts";

/** How to read a name that several boards bear. */
export interface FindAcceleratorOptions {
  /** The board to take where the name leaves it open, such as SXM for the "H100" of a training cluster. */
  readonly form?: "sxm" | "pcie" | "nvl";
}

/** Words that say who made it, what kind of memory it has or that it is an accelerator: they tell none from another. */
const idle = new Set(
  "nvidia amd google cloud intel habana aws amazon instinct geforce tesla blackwell hopper hgx gpu gpus accelerator hbm2 hbm2e hbm3 hbm3e".split(
    " ",
  ),
);

/** The words of a name in lower case, with the generation of the socket left out: "NVIDIA H100-SXM5-80GB" is h100, sxm, 80gb. */
function words(name: string): string[] {
  const found = name
    .toLowerCase()
    // How many there are: "8xH100", "8 x H100".
    .replace(/^\s*\d+\s*x\s*(?=[a-z])/, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.replace(/^sxm\d$/, "sxm"));
  const telling = found.filter((word) => !idle.has(word));
  return telling.length > 0 ? telling : found;
}

const spelled = (name: string) => words(name).join("-");

const entries = Object.entries<CatalogAccelerator>(accelerators).map(([key, sheet]) => {
  const names = [key, sheet.name, ...sheet.aliases];
  return { key, sheet, spellings: names.map(spelled), words: new Set(names.flatMap(words)) };
});

/**
 * An accelerator by its name in any case and with any of `-`, `_` and space: a whole name, a spelling of the tables of
 * measurements ("h100_80gb", "DGX-GB200", "NVIDIA H200-SXM5-141GB", "TPU Trillium (v6e)"), or as many of its words as tell
 * it from all others ("h100-sxm", "mi300x").
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
  const dense = asked.replaceAll("-", "");
  // A number alone, as the 1 of Trainium 1, tells none.
  const isName = /[a-z]/.test(asked);
  let found = isName ? entries.filter((entry) => own.every((word) => entry.words.has(word))) : [];
  if (isName && found.length === 0) {
    found = entries.filter(({ spellings }) =>
      spellings.some((one) => one.replaceAll("-", "").startsWith(dense)),
    );
  }
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
  const keys = Object.keys(accelerators);
  // A name of two words is held against the first two words of the keys.
  const starts = keys.map((key) => key.split("-").slice(0, own.length).join("-"));
  const nearest = keys[starts.indexOf(nearestName(asked, starts))];
  throw new RangeError(
    `accelerator "${name}" is unknown; did you mean ${nearest}? There are ${keys.join(", ")}`,
  );
}
