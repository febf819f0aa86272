import type { CatalogAccelerator } from "./Accelerator.ts";
import { amdInstinct } from "./sheets/amdInstinct.ts";
import { awsTrainium } from "./sheets/awsTrainium.ts";
import { googleTpu } from "./sheets/googleTpu.ts";
import { intelGaudi } from "./sheets/intelGaudi.ts";
import { nvidiaAda } from "./sheets/nvidiaAda.ts";
import { nvidiaAmpere } from "./sheets/nvidiaAmpere.ts";
import { nvidiaBlackwell } from "./sheets/nvidiaBlackwell.ts";
import { nvidiaHopper } from "./sheets/nvidiaHopper.ts";
import { nvidiaVolta } from "./sheets/nvidiaVolta.ts";

/**
 * Data sheets of accelerators by name: memory, bandwidth, dense peaks by number format, links, power, dated prices, each with
 * the source where it was read. What is absent was not found. Rates with sparsity are nowhere.
 *
 * Units: bytes, bytes/s, FLOP/s, watts, US dollars an hour. Memory is what the vendor writes with 1 GB = 1e9 bytes (AWS
 * writes GiB); the driver mostly reports more.
 *
 * @example
 * import { accelerators } from "isoflop";
 * accelerators["h100-sxm-80gb"].peaks.bf16; // => 989e12
 * accelerators["gb200-186gb"].perDomain; // => 72
 */
export const accelerators = {
  ...nvidiaVolta,
  ...nvidiaAmpere,
  ...nvidiaAda,
  ...nvidiaHopper,
  ...nvidiaBlackwell,
  ...amdInstinct,
  ...googleTpu,
  ...intelGaudi,
  ...awsTrainium,
} as const satisfies Record<string, CatalogAccelerator>;

/** Name of an accelerator of the catalogue. */
export type AcceleratorName = keyof typeof accelerators;
