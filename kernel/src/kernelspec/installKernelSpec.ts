import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { KernelSpec } from "./KernelSpec.ts";

const logos = fileURLToPath(new URL("../../assets/logos/", import.meta.url));

/** What npx, pnpm dlx, bunx and yarn dlx unpack packages into, for one run. */
const runnerCache = /[\\/](_npx|dlx|dlx-[^\\/]+|bunx-[^\\/]+|xfs-[^\\/]+)[\\/]/;

export interface InstallOptions {
  /** A Jupyter data folder; the spec goes to `kernels/NAME` in it. */
  dataFolder: string;
  name: string;
  spec: KernelSpec;
  force?: boolean;
  dryRun?: boolean;
}

/**
 * Writes a kernelspec with its logos and returns its folder. It appears whole or not at all.
 *
 * @throws Error when the name is not one for Jupyter, when there is a kernel of that name already and `force` is
 *   not set, and when the kernel's program lies in the cache of npx or the like
 */
export function installKernelSpec({ dataFolder, name, spec, force, dryRun }: InstallOptions): string {
  checkName(name);
  const temporary = spec.argv.find((part) => runnerCache.test(part));
  if (temporary) {
    throw new Error(
      `the kernel would start from ${temporary}, a package runner's cache that may vanish; install it first: ` +
        "npm install -g isoflop-kernel, then isoflop kernel install",
    );
  }
  const folder = join(dataFolder, "kernels", name);
  if (existsSync(folder) && !force) {
    throw new Error(`there is a kernel "${name}" already at ${folder}; use --force to replace it, or --name`);
  }
  if (dryRun) return folder;
  mkdirSync(join(dataFolder, "kernels"), { recursive: true });
  const fresh = mkdtempSync(join(dataFolder, "kernels", `.${name}-`));
  try {
    for (const file of readdirSync(logos)) copyFileSync(join(logos, file), join(fresh, file));
    writeFileSync(join(fresh, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

export function checkName(name: string): void {
  if (/^[a-z0-9_.-]+$/i.test(name) && !/^\.+$/.test(name)) return;
  throw new Error(`a kernel's name may hold letters, digits, "-", "_" and ".", got ${JSON.stringify(name)}`);
}
