import type { AcceleratorLink, CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";

/**
 * The link over which instances hand caches to others: what joins a rack where the accelerator has such, else the network between
 * nodes, else what joins a node; undefined where none is known.
 */
export function handOverLink({
  nodeLink,
  network,
  perDomain,
}: CatalogAccelerator): AcceleratorLink | undefined {
  return (perDomain ? nodeLink : network) ?? nodeLink;
}
