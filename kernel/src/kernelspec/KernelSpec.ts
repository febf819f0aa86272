import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The content of kernel.json. https://jupyter-client.readthedocs.io/en/latest/kernels.html#kernel-specs */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode?: "message" | "signal";
  env?: Record<string, string>;
  metadata?: Record<string, unknown>;
}

export interface KernelSpecOptions {
  node: string;
  main: string;
  version: string;
  displayName?: string;
}

export const defaultDisplayName = "TypeScript (isoflop)";

export function kernelSpec({
  node,
  main,
  version,
  displayName = defaultDisplayName,
}: KernelSpecOptions): KernelSpec {
  return {
    argv: [node, main, "{connection_file}"],
    display_name: displayName,
    language: "typescript",
    interrupt_mode: "message",
    // JupyterLab offers its debugger only to kernels that say so here.
    metadata: { debugger: true, isoflop: { version } },
  };
}

/** Whether `isoflop kernel install` wrote it. */
export function isOurs(spec: KernelSpec): boolean {
  return spec.metadata?.isoflop !== undefined;
}

/** The package this runs from. */
export const kernelPackage = fileURLToPath(new URL("../../", import.meta.url));

/** The program a kernelspec starts: the kernel as it is installed here. */
export const kernelMain = fileURLToPath(new URL("../server/main.js", import.meta.url));

export const kernelVersion: string = (
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;
