import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../..", import.meta.url));

export interface InstalledKernel {
  /** An environment in which Jupyter finds the kernel, and nothing of this machine's own set-up. */
  env: NodeJS.ProcessEnv;
  remove(): void;
}

/** Installs the kernel as a user does, into a data folder of its own. */
export function installKernel(): InstalledKernel {
  const root = mkdtempSync(join(tmpdir(), "isoflop-clients-"));
  const env = {
    ...process.env,
    JUPYTER_DATA_DIR: join(root, "data"),
    JUPYTER_RUNTIME_DIR: join(root, "runtime"),
    JUPYTER_CONFIG_DIR: join(root, "config"),
    IPYTHONDIR: join(root, "ipython"),
    NO_COLOR: "1",
  };
  execFileSync(process.execPath, [join(repository, "kernel/bin/isoflop.js"), "kernel", "install", "--user"], {
    env,
    stdio: "pipe",
  });
  return { env, remove: () => rmSync(root, { recursive: true, force: true }) };
}
