import { createRequire } from "node:module";

const fromKernel = createRequire(import.meta.url);

/** Loads a package the way the kernel itself would, for packages that come with the kernel. */
export function importFromKernel(specifier: string): Promise<Record<string, unknown>> {
  return import(specifier);
}

/** The version of a package that `isoflop-kernel` can see, or undefined. */
export function resolveFromKernel(specifier: string): string | undefined {
  try {
    return fromKernel.resolve(specifier);
  } catch {
    return undefined;
  }
}
