import { isOurs } from "./KernelSpec.ts";
import type { InstalledSpec } from "./listKernelSpecs.ts";

/** The kernels that Jupyter finds, one a line, ours with a star. */
export function describeKernelSpecs(found: readonly InstalledSpec[]): string {
  if (found.length === 0) return "Jupyter finds no kernels here; run: isoflop kernel install";
  const width = Math.max(...found.map(({ name }) => name.length));
  const lines = found.map(
    ({ name, folder, spec }) => `${isOurs(spec) ? "*" : " "} ${name.padEnd(width)}  ${folder}`,
  );
  const legend = found.some(({ spec }) => isOurs(spec)) ? ["(* installed by isoflop)"] : [];
  return [...lines, ...legend].join("\n");
}
