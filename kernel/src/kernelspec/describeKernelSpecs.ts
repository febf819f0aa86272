import { isOurs } from "./KernelSpec.ts";
import type { InstalledSpec } from "./listKernelSpecs.ts";

/** The kernels that Jupyter finds, ours with a star, one a line where a terminal of so many columns has room for that. */
export function describeKernelSpecs(
  found: readonly InstalledSpec[],
  most = Number.POSITIVE_INFINITY,
): string {
  if (found.length === 0) return "Jupyter finds no kernels here; run: isoflop kernel install";
  const width = Math.max(...found.map(({ name }) => name.length));
  const isNarrow = found.some(({ folder }) => width + folder.length + 4 > most);
  const lines = found.map(({ name, folder, spec }) => {
    const mark = isOurs(spec) ? "*" : " ";
    return isNarrow ? `${mark} ${name}\n    ${folder}` : `${mark} ${name.padEnd(width)}  ${folder}`;
  });
  const legend = found.some(({ spec }) => isOurs(spec)) ? ["(* installed by isoflop)"] : [];
  return [...lines, ...legend].join("\n");
}
