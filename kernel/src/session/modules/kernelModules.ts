import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { loadAtOnce } from "./loadAtOnce.ts";

const fromKernel = createRequire(import.meta.url);

/** Loads a package the way the kernel itself would, for packages that come with the kernel. */
export function importFromKernel(specifier: string): Promise<Record<string, unknown>> {
  return loadAtOnce(specifier, fileURLToPath(import.meta.url), (wanted) => import(wanted));
}

/** The version of a package that `isoflop-kernel` can see, or undefined. */
export function resolveFromKernel(specifier: string): string | undefined {
  try {
    return fromKernel.resolve(specifier);
  } catch {
    return undefined;
  }
}

/** Whether a package is found beside the kernel when the notebook's folder does not have it. */
export function isCompanion(name: string): boolean {
  return /^(isoflop(-datasets|-kernel)?|mathjs)$/.test(name);
}

/** The folder of a package that comes with the kernel. */
export function companionFolder(name: string): string | undefined {
  if (!isCompanion(name)) return undefined;
  const manifest = resolveFromKernel(`${name}/package.json`);
  return manifest && dirname(manifest);
}
