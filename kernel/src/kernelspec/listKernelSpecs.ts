import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { KernelSpec } from "./KernelSpec.ts";

export interface InstalledSpec {
  name: string;
  folder: string;
  spec: KernelSpec;
}

/** The kernels Jupyter finds in these data folders; of two with one name, the first. */
export function listKernelSpecs(dataFolders: readonly string[]): InstalledSpec[] {
  const found = new Map<string, InstalledSpec>();
  for (const dataFolder of dataFolders) {
    const kernels = join(dataFolder, "kernels");
    for (const entry of entries(kernels)) {
      if (!/^[a-z0-9._-]+$/i.test(entry)) continue;
      const name = entry.toLowerCase();
      const folder = join(kernels, entry);
      const spec = readSpec(folder);
      if (spec && !found.has(name)) found.set(name, { name, folder, spec });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The spec in a folder; `undefined` when there is none that can be read. */
export function readSpec(folder: string): KernelSpec | undefined {
  try {
    const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as KernelSpec;
    return Array.isArray(spec.argv) ? spec : undefined;
  } catch {
    return undefined;
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
