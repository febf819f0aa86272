import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { KernelProcess } from "../notebook/KernelProcess.ts";
import { typescriptExecutable } from "../typescript/typescriptExecutable.ts";
import { isOurs, kernelMain, kernelVersion } from "./KernelSpec.ts";
import type { InstalledSpec } from "./listKernelSpecs.ts";
import { stableNode } from "./stableNode.ts";

export interface Finding {
  state: "ok" | "note" | "fault";
  /** What was looked at. */
  what: string;
  /** What was found and, unless all is well, the way out. */
  text: string;
}

/** Looks at everything the kernel needs, in the order in which one thing needs the other. */
export async function* examineKernel(specs: readonly InstalledSpec[]): AsyncGenerator<Finding> {
  yield examineNode();
  yield await attempt("TypeScript", async () => typescriptExecutable());
  yield await attempt("ZeroMQ", async () => `version ${(await import("zeromq")).version}`);
  yield await attempt("parser", async () => {
    (await import("oxc-parser")).parseSync("a.ts", "1");
    return "loads";
  });
  const ours = specs.filter(({ spec }) => isOurs(spec));
  if (ours.length === 0) {
    yield {
      state: "fault",
      what: "kernelspec",
      text: "Jupyter does not know the kernel; run: isoflop kernel install",
    };
  }
  for (const each of ours) yield* examineSpec(each);
  yield await attempt("start", async () => {
    const started = performance.now();
    const kernel = await KernelProcess.start([process.execPath, kernelMain, "{connection_file}"], {
      cwd: tmpdir(),
    });
    const milliseconds = performance.now() - started;
    await kernel.close();
    return `the kernel answers after ${Math.round(milliseconds)} ms`;
  });
}

function examineNode(): Finding {
  const { path, isLasting } = stableNode();
  const text = `${process.version} at ${path}`;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return {
      state: "fault",
      what: "Node",
      text: `${text}, but 20.19 or later is needed; install a newer Node`,
    };
  }
  if (isLasting) return { state: "ok", what: "Node", text };
  const way = "run isoflop kernel install --force after you change to another version";
  return { state: "note", what: "Node", text: `${text}, a path that belongs to this version only; ${way}` };
}

function* examineSpec({ name, folder, spec }: InstalledSpec): Generator<Finding> {
  const what = `kernelspec ${name}`;
  const missing = spec.argv.slice(0, 2).filter((part) => part.includes("/") && !existsSync(part));
  if (missing.length > 0) {
    const text = `${folder} starts ${missing.join(" and ")}, which is gone; run: isoflop kernel install --force --name ${name}`;
    yield { state: "fault", what, text };
    return;
  }
  const version = (spec.metadata?.isoflop as { version?: string } | undefined)?.version;
  if (version === kernelVersion) yield { state: "ok", what, text: folder };
  else {
    const text = `${folder} is of version ${version}, this is ${kernelVersion}; run: isoflop kernel install --force --name ${name}`;
    yield { state: "note", what, text };
  }
}

async function attempt(what: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { state: "ok", what, text: await look() };
  } catch (error) {
    return { state: "fault", what, text: error instanceof Error ? error.message : String(error) };
  }
}
