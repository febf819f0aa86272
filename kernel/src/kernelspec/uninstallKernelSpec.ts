import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { shownPath } from "../files/shownPath.ts";
import { unbroken } from "../files/unbroken.ts";
import { checkName, folderAside, inWords } from "./installKernelSpec.ts";
import { isOurs } from "./KernelSpec.ts";
import { readSpec } from "./listKernelSpecs.ts";

/**
 * Removes a kernelspec that isoflop installed and returns its folder.
 *
 * @throws Error when there is none, or when it is somebody else's and `force` is not set
 */
export function uninstallKernelSpec(options: {
  dataFolder: string;
  name: string;
  force?: boolean;
  dryRun?: boolean;
}): string {
  const { dataFolder, name, force, dryRun } = options;
  checkName(name);
  const folder = join(dataFolder, "kernels", name);
  if (!existsSync(folder))
    throw new Error(`there is no kernel "${name}" at ${shownPath(folder)}; isoflop kernel list shows all`);
  const spec = readSpec(folder);
  if (!force && !(spec && isOurs(spec))) {
    throw new Error(
      `the kernel at ${shownPath(folder)} was not installed by isoflop; use --force to remove it all the same`,
    );
  }
  if (!dryRun) inWords(folder, () => unbroken(() => removeAtOnce(folder, join(dataFolder, "kernels"))));
  return folder;
}

/** Takes the kernel out of Jupyter's sight first, so that nobody starts half of it. */
function removeAtOnce(folder: string, kernels: string): void {
  const aside = folderAside(kernels);
  try {
    renameSync(folder, join(aside, "kernel"));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
