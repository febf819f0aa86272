import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import type { Accelerator, CatalogAccelerator } from "./Accelerator.ts";
import { findAccelerator } from "./findAccelerator.ts";

/** The data sheet of a name, or the one that was given, if it is one. */
export function readAccelerator(given: unknown): Accelerator | CatalogAccelerator {
  if (typeof given === "string") return findAccelerator(given);
  const sheet = given as Partial<CatalogAccelerator> | null;
  if (typeof sheet?.name !== "string" || (!isTable(sheet.peakFlopsPerS) && !isTable(sheet.peaks))) {
    throw new RangeError(
      `accelerator must be a name such as h100-sxm or a data sheet with name and peakFlopsPerS, got ${describeGiven(given)}; ` +
        "give one of accelerators",
    );
  }
  return sheet as Accelerator | CatalogAccelerator;
}

const isTable = (given: unknown) => typeof given === "object" && given !== null;
