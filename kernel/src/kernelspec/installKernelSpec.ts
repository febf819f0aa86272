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
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { copyInstallation } from "./copyInstallation.ts";
import type { KernelSpec } from "./KernelSpec.ts";

const logos = fileURLToPath(new URL("../../assets/logos/", import.meta.url));

/** What npx, pnpm dlx, bunx and yarn dlx unpack packages into, for one run. */
const runnerCache = /[\\/](_npx|dlx|dlx-[^\\/]+|bunx-[^\\/]+|xfs-[^\\/]+)[\\/]/;

export interface InstallOptions {
  /** A Jupyter data folder; the spec goes to `kernels/NAME` in it. */
  dataFolder: string;
  name: string;
  spec: KernelSpec;
  /** The package that holds the kernel's program. From a package runner's cache it is copied beside the spec. */
  packageFolder?: string;
  force?: boolean;
  dryRun?: boolean;
}

/** Whether npx or the like put a path there for one run. */
export const isTemporary = (path: string): boolean => runnerCache.test(path);

/**
 * Writes a kernelspec with its logos and returns its folder. It appears whole or not at all, and nothing in it
 * leads into the cache of npx or the like, which may vanish.
 *
 * @throws Error when the name is not one for Jupyter, and when there is a kernel of that name already and `force`
 *   is not set
 */
export function installKernelSpec(options: InstallOptions): string {
  const { dataFolder, name, spec, packageFolder, force, dryRun } = options;
  checkName(name);
  const folder = join(dataFolder, "kernels", name);
  if (existsSync(folder) && !force) {
    throw new Error(`there is a kernel "${name}" already at ${folder}; use --force to replace it, or --name`);
  }
  if (dryRun) return folder;
  mkdirSync(join(dataFolder, "kernels"), { recursive: true });
  const fresh = mkdtempSync(join(dataFolder, "kernels", `.${name}-`));
  try {
    for (const file of readdirSync(logos)) copyFileSync(join(logos, file), join(fresh, file));
    const argv = spec.argv.map((part) => {
      if (!isTemporary(part)) return part;
      if (!packageFolder || !part.startsWith(packageFolder)) throw unstable(part);
      const copy = copyInstallation(packageFolder, join(fresh, "package"));
      return join(folder, relative(fresh, copy), relative(packageFolder, part));
    });
    writeFileSync(join(fresh, "kernel.json"), `${JSON.stringify({ ...spec, argv }, null, 2)}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

function unstable(path: string): Error {
  return new Error(
    `the kernel would start from ${path}, a package runner's cache that may vanish; install it first: ` +
      "npm install -g isoflop-kernel, then isoflop kernel install",
  );
}

export function checkName(name: string): void {
  if (/^[a-z0-9_.-]+$/i.test(name) && !/^\.+$/.test(name)) return;
  throw new Error(`a kernel's name may hold letters, digits, "-", "_" and ".", got ${JSON.stringify(name)}`);
}
