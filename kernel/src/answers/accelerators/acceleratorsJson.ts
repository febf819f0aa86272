import { accelerators, type CatalogAccelerator } from "isoflop";

/** An accelerator as plain data; bytes, bytes/s, FLOP/s, watts, US dollars an hour. */
export interface AcceleratorJson extends Omit<CatalogAccelerator, "peakFlopsPerS"> {
  /** Name to give to other commands. */
  readonly key: string;
}

/** One accelerator as plain data. Peaks are by format; those by bits follow from them. */
export function acceleratorJson(sheet: CatalogAccelerator): AcceleratorJson {
  const [key] = Object.entries<CatalogAccelerator>(accelerators).find(([, each]) => each === sheet)!;
  const { peakFlopsPerS: _, ...rest } = sheet;
  return { key, ...rest };
}

/** The catalogue as plain data. */
export function acceleratorsJson(): AcceleratorJson[] {
  return Object.values<CatalogAccelerator>(accelerators).map(acceleratorJson);
}
