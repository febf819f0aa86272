import type { LinkedAccelerator } from "./LinkedAccelerator.ts";

/** How many devices a machine's faster link joins, and over how many such domains a number of devices is spread. */
export function domainsOf(
  accelerator: LinkedAccelerator,
  devices: number,
): { readonly within: number; readonly domains: number } {
  const { nodeLink, perNode = 8, perDomain = perNode } = accelerator;
  const joined = nodeLink ? perDomain : 1;
  const domains = Math.ceil(devices / joined);
  return { within: Math.ceil(devices / domains), domains };
}
