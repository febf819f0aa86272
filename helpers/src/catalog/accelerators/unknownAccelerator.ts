import { isNearly, nearestName } from "../../numerics/arguments/nearestName.ts";

/** An accelerator of the catalogue by its key, the words of its spellings, and what their first words come to. */
export interface KnownAccelerator {
  readonly key: string;
  readonly words: ReadonlySet<string>;
  readonly starts: ReadonlySet<string>;
}

/** "8x H100", "H100 (x8)", "2 x h100": a number of accelerators beside their name. */
const counted = /(?:^|[^a-z0-9])(?:x\s?\d+(?![a-z0-9])|\d+\s?x(?:\s|$|[a-z]+\d))/i;

/**
 * The refusal of a name that no accelerator bears: why, as far as its words tell, and which names may be meant.
 *
 * @param own words of the name that tell accelerators apart
 */
export function unknownAccelerator(
  name: string,
  own: readonly string[],
  known: readonly KnownAccelerator[],
): RangeError {
  const near = alike(own, known);
  const keys = known.map(({ key }) => key);
  if (counted.test(name)) {
    return new RangeError(
      `accelerator "${name}" gives a number of accelerators, or kinds that are mixed; give one name, such as ${near[0] ?? keys[0]}, and the number apart`,
    );
  }
  const wayOut =
    near.length > 0
      ? `did you mean ${near.join(", ")}? Object.keys(accelerators) are all names, isoflop accelerators lists them`
      : `there are ${keys.join(", ")}`;
  return new RangeError(
    `accelerator "${name}" is unknown; ${wayOut}; or give a data sheet of your own (name, memoryBytes, memoryBytesPerS, peakFlopsPerS)`,
  );
}

/** Keys of the accelerators that share most words with a name, one that tells the chip ("h100") among them; else the nearest by letters. */
function alike(own: readonly string[], known: readonly KnownAccelerator[]): readonly string[] {
  const chips = own.filter((word) => /\d/.test(word) && !/^\d{1,3}(?:gb)?$/.test(word));
  const shared = known.map(({ words }) =>
    chips.some((word) => words.has(word)) ? own.filter((word) => words.has(word)).length : 0,
  );
  const most = Math.max(...shared);
  if (most > 0) return known.filter((_, at) => shared[at] === most).map(({ key }) => key);
  const asked = own.join("");
  const begun = known.filter(({ starts }) => [...starts].some((start) => start.startsWith(asked)));
  if (begun.length > 0) return begun.map(({ key }) => key);
  const starts = known.flatMap((one) => [...one.starts]);
  const nearest = nearestName(asked, starts);
  return isNearly(asked, nearest) ? known.filter((one) => one.starts.has(nearest)).map(({ key }) => key) : [];
}
