import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ownerMark } from "../files/deadOwner.ts";
import { FileWriteError } from "../files/FileWriteError.ts";
import { makeFolder } from "../files/makeFolder.ts";
import { removeLeftOver } from "../files/removeLeftOver.ts";
import { shownPath } from "../files/shownPath.ts";
import { isSystemError } from "../files/systemCauses.ts";
import { unbroken } from "../files/unbroken.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
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

/** How unfinished and discarded kernels start: no name of a kernel has such a character, so Jupyter does not list them. */
const aside = ".isoflop~";

/** A new, empty folder beside the kernels; what processes that were killed left there goes. */
export function folderAside(kernels: string): string {
  removeLeftOver(kernels, aside);
  return mkdtempSync(join(kernels, `${aside}${ownerMark()}-`));
}

function removeAside(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Jupyter does not see it, and the next one to write here removes it.
  }
}

/**
 * Writes a kernelspec with its logos and returns its folder. A new one appears whole or not at all; in one that is
 * replaced `kernel.json` changes last and at once, so that there is the old kernel or the new one at any moment. Nothing
 * in it leads into the cache of npx or the like, which may vanish.
 *
 * @throws Error when the name is not one for Jupyter, and when there is a kernel of that name already and `force`
 *   is not set
 */
export function installKernelSpec(options: InstallOptions): string {
  checkName(options.name);
  const folder = join(options.dataFolder, "kernels", options.name);
  inWords(folder, () => install(folder, options));
  return folder;
}

/** Does work on a kernel's folder; what the file system refuses is told with the folder's name, in one line. */
export function inWords(folder: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw isSystemError(error) ? new FileWriteError(folder, error) : error;
  }
}

function install(folder: string, options: InstallOptions): void {
  const { name, force, dryRun } = options;
  const kernels = dirname(folder);
  const old = lstatSync(folder, { throwIfNoEntry: false });
  if (old && !force) {
    throw new Error(
      `there is a kernel "${name}" already at ${shownPath(folder)}; use --force to replace it, or --name`,
    );
  }
  if (dryRun) return;
  makeFolder(kernels);
  unbroken(() => place(kernels, folder, old, options));
}

function place(kernels: string, folder: string, old: Stats | undefined, options: InstallOptions): void {
  const fresh = folderAside(kernels);
  try {
    if (old?.isDirectory()) {
      replaceIn(folder, fresh, options);
    } else {
      writeSpec(fresh, folder, "package", options);
      // As temporary folders go, only its maker may enter it so far.
      chmodSync(fresh, 0o777 & ~process.umask());
      // A link to somebody's folder, as `jupyter kernelspec install --symlink` makes it, goes; the folder stays.
      if (old) rmSync(folder);
      renameSync(fresh, folder);
    }
  } finally {
    removeAside(fresh);
  }
}

/** Puts a new kernel into the folder of an old one. */
function replaceIn(folder: string, fresh: string, options: InstallOptions): void {
  let packages = "package";
  for (let number = 2; existsSync(join(folder, packages)); number++) packages = `package-${number}`;
  writeSpec(fresh, folder, packages, options);
  const written = readdirSync(fresh);
  // What the new kernel.json speaks of is there before it, and what the old one speaks of until after it.
  const inOrder = [...written.filter((each) => each !== "kernel.json"), "kernel.json"];
  for (const each of inOrder) {
    const target = join(folder, each);
    if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) rmSync(target, { recursive: true });
    renameSync(join(fresh, each), target);
  }
  for (const each of readdirSync(folder)) {
    if (!written.includes(each)) rmSync(join(folder, each), { recursive: true, force: true });
  }
}

/**
 * Writes all that belongs to a kernel.
 *
 * @param into where it is written
 * @param folder where it will stand
 * @param packages what the folder of copied packages is called
 */
function writeSpec(
  into: string,
  folder: string,
  packages: string,
  { spec, packageFolder }: InstallOptions,
): void {
  for (const file of readdirSync(logos)) copyFileSync(join(logos, file), join(into, file));
  const argv = spec.argv.map((part) => {
    if (!isTemporary(part)) return part;
    if (!packageFolder || !part.startsWith(packageFolder)) throw unstable(part);
    const copy = copyInstallation(packageFolder, join(into, packages));
    return join(folder, relative(into, copy), relative(packageFolder, part));
  });
  writeFileAtomically(join(into, "kernel.json"), `${JSON.stringify({ ...spec, argv }, null, 2)}\n`);
}

function unstable(path: string): Error {
  return new Error(
    `the kernel would start from ${shownPath(path)}, a package runner's cache that may vanish; install it first: ` +
      "npm install -g isoflop-kernel, then isoflop kernel install",
  );
}

export function checkName(name: string): void {
  if (/^[a-z0-9_.-]+$/i.test(name) && !/^\.+$/.test(name)) return;
  throw new Error(`a kernel's name may hold letters, digits, "-", "_" and ".", got ${JSON.stringify(name)}`);
}
