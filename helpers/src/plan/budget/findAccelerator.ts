import { type Accelerator, accelerators } from "../../catalog/accelerators.ts";

/**
 * An accelerator by its name or the start of it, such as "h100" for "h100-sxm-80gb".
 *
 * @throws RangeError when no name starts so, or several that differ in their peak do
 *
 * @example
 * import { findAccelerator } from "isoflop";
 * findAccelerator("h100").peakFlopsPerS[16]; // => 9.89e14
 */
export function findAccelerator(name: string): Accelerator {
  const entries = Object.entries<Accelerator>(accelerators);
  const found = entries.filter(([known]) => known.startsWith(name.toLowerCase())).map(([, one]) => one);
  const peaks = new Set(found.map((one) => one.peakFlopsPerS[16]));
  if (name === "" || peaks.size !== 1) {
    const known = entries.map(([one]) => one).join(", ");
    throw new RangeError(
      `accelerator "${name}" is ${found.length && name !== "" ? "ambiguous" : "unknown"}; there are ${known}`,
    );
  }
  return found[0]!;
}
