import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installKernelSpec } from "../../src/kernelspec/installKernelSpec.ts";
import { kernelSpec } from "../../src/kernelspec/KernelSpec.ts";
import { listKernelSpecs } from "../../src/kernelspec/listKernelSpecs.ts";
import { stableNode } from "../../src/kernelspec/stableNode.ts";
import { uninstallKernelSpec } from "../../src/kernelspec/uninstallKernelSpec.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isoflop-kernelspec-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const spec = kernelSpec({
  node: "/usr/bin/node",
  main: "/lib/isoflop-kernel/dist/server/main.js",
  version: "1.2.3",
});

describe("installKernelSpec", () => {
  it("writes the spec and the logos, and leaves nothing else behind", () => {
    const at = installKernelSpec({ dataFolder: folder, name: "isoflop", spec });
    expect(at).toBe(join(folder, "kernels", "isoflop"));
    expect(readdirSync(join(folder, "kernels"))).toEqual(["isoflop"]);
    expect(readdirSync(at).sort()).toEqual([
      "kernel.json",
      "logo-32x32.png",
      "logo-64x64.png",
      "logo-svg.svg",
    ]);
    expect(JSON.parse(readFileSync(join(at, "kernel.json"), "utf8"))).toEqual({
      argv: ["/usr/bin/node", "/lib/isoflop-kernel/dist/server/main.js", "{connection_file}"],
      display_name: "TypeScript (isoflop)",
      language: "typescript",
      interrupt_mode: "message",
      metadata: { debugger: true, isoflop: { version: "1.2.3" } },
    });
  });

  it("refuses to replace a kernel unless forced, and then replaces all of it", () => {
    installKernelSpec({ dataFolder: folder, name: "isoflop", spec });
    const at = join(folder, "kernels", "isoflop");
    writeFileSync(join(at, "old.txt"), "");
    expect(() => installKernelSpec({ dataFolder: folder, name: "isoflop", spec })).toThrow(
      `there is a kernel "isoflop" already at ${at}; use --force to replace it, or --name`,
    );
    installKernelSpec({ dataFolder: folder, name: "isoflop", spec, force: true });
    expect(existsSync(join(at, "old.txt"))).toBe(false);
  });

  it("writes nothing in a dry run", () => {
    installKernelSpec({ dataFolder: folder, name: "isoflop", spec, dryRun: true });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    "/home/u/.npm/_npx/5f3/node_modules/isoflop-kernel/dist/server/main.js",
    "/home/u/.cache/pnpm/dlx/abc/node_modules/isoflop-kernel/dist/server/main.js",
    "/private/tmp/bunx-501-isoflop/node_modules/isoflop-kernel/dist/server/main.js",
  ])("never points into a package runner's cache: %s", (main) => {
    const cached = kernelSpec({ node: "/usr/bin/node", main, version: "1" });
    expect(() => installKernelSpec({ dataFolder: folder, name: "isoflop", spec: cached })).toThrow(
      "npm install -g isoflop-kernel",
    );
    expect(readdirSync(join(folder, "kernels"))).toEqual([]);
  });

  it.each(["a b", "", "../up", "ts/x", ".."])("refuses the name %j", (name) => {
    expect(() => installKernelSpec({ dataFolder: folder, name, spec })).toThrow("a kernel's name may hold");
  });
});

describe("installKernelSpec from npx's cache", () => {
  /** A package with the given dependencies below a folder's node_modules. */
  function addPackage(under: string, name: string, version: string, dependencies: string[] = []): string {
    const at = join(under, "node_modules", name);
    mkdirSync(join(at, "dist"), { recursive: true });
    const manifest = {
      name,
      version,
      dependencies: Object.fromEntries(dependencies.map((each) => [each, "*"])),
    };
    writeFileSync(join(at, "package.json"), JSON.stringify(manifest));
    writeFileSync(join(at, "dist", "main.js"), version);
    return at;
  }

  it("copies the kernel with all it needs, each package in the version it had", () => {
    const cache = join(folder, "_npx", "5f3");
    const kernel = addPackage(cache, "isoflop-kernel", "1.0.0", ["a", "@s/b"]);
    const a = addPackage(cache, "a", "1.0.0", ["c"]);
    addPackage(cache, "@s/b", "1.0.0", ["c"]);
    addPackage(cache, "c", "2.0.0");
    addPackage(a, "c", "1.0.0");
    addPackage(cache, "unrelated", "1.0.0");
    const main = join(kernel, "dist", "main.js");
    const cached = kernelSpec({ node: "/usr/bin/node", main, version: "1" });
    const at = installKernelSpec({
      dataFolder: folder,
      name: "isoflop",
      spec: cached,
      packageFolder: kernel,
    });
    const { argv } = JSON.parse(readFileSync(join(at, "kernel.json"), "utf8"));
    const modules = join(at, "package", "node_modules");
    expect(argv[1]).toBe(join(modules, "isoflop-kernel", "dist", "main.js"));
    const version = (path: string) => readFileSync(join(modules, path, "dist", "main.js"), "utf8");
    expect(version("isoflop-kernel")).toBe("1.0.0");
    expect(version("a")).toBe("1.0.0");
    expect(version("c")).toBe("1.0.0");
    expect(version("@s/b/node_modules/c")).toBe("2.0.0");
    expect(existsSync(join(modules, "unrelated"))).toBe(false);
  });
});

describe("uninstallKernelSpec", () => {
  it("removes what isoflop installed", () => {
    const at = installKernelSpec({ dataFolder: folder, name: "mine", spec });
    expect(uninstallKernelSpec({ dataFolder: folder, name: "mine", dryRun: true })).toBe(at);
    expect(existsSync(at)).toBe(true);
    uninstallKernelSpec({ dataFolder: folder, name: "mine" });
    expect(existsSync(at)).toBe(false);
  });

  it("leaves somebody else's kernel alone unless forced", () => {
    const at = join(folder, "kernels", "python3");
    mkdirSync(at, { recursive: true });
    writeFileSync(
      join(at, "kernel.json"),
      '{"argv": ["python3"], "display_name": "Python", "language": "python"}',
    );
    expect(() => uninstallKernelSpec({ dataFolder: folder, name: "python3" })).toThrow(
      "was not installed by isoflop",
    );
    expect(existsSync(at)).toBe(true);
    uninstallKernelSpec({ dataFolder: folder, name: "python3", force: true });
    expect(existsSync(at)).toBe(false);
  });

  it("says where it looked when there is none", () => {
    expect(() => uninstallKernelSpec({ dataFolder: folder, name: "nope" })).toThrow(
      `there is no kernel "nope" at ${join(folder, "kernels", "nope")}`,
    );
  });
});

describe("listKernelSpecs", () => {
  it("of two kernels with one name finds the first, and skips what cannot be read", () => {
    const [first, second] = [join(folder, "a"), join(folder, "b")];
    installKernelSpec({ dataFolder: first, name: "isoflop", spec });
    installKernelSpec({ dataFolder: second, name: "isoflop", spec });
    installKernelSpec({ dataFolder: second, name: "other", spec });
    mkdirSync(join(second, "kernels", "broken"));
    writeFileSync(join(second, "kernels", "broken", "kernel.json"), "{");
    const found = listKernelSpecs([first, second, join(folder, "missing")]);
    expect(found.map((each) => each.folder)).toEqual([
      join(first, "kernels", "isoflop"),
      join(second, "kernels", "other"),
    ]);
  });
});

describe("stableNode", () => {
  it("keeps a path that has no version in it", () => {
    expect(stableNode("/usr/bin/node", {})).toEqual({ path: "/usr/bin/node", isLasting: true });
  });

  it("under nvm takes a link to the same Node, if there is one", () => {
    const versioned = join(folder, ".nvm", "versions", "node", "v22.1.0", "bin");
    mkdirSync(versioned, { recursive: true });
    writeFileSync(join(versioned, "node"), "");
    const executable = join(versioned, "node");
    const env = { PATH: [versioned, join(folder, "bin")].join(":") };
    expect(stableNode(executable, env)).toEqual({ path: executable, isLasting: false });
    mkdirSync(join(folder, "bin"));
    symlinkSync(executable, join(folder, "bin", "node"));
    expect(stableNode(executable, env)).toEqual({ path: join(folder, "bin", "node"), isLasting: true });
  });

  it("under nvm takes nvm's own link before others", () => {
    const nvm = join(folder, ".nvm");
    const version = join(nvm, "versions", "node", "v22.1.0");
    mkdirSync(join(version, "bin"), { recursive: true });
    writeFileSync(join(version, "bin", "node"), "");
    symlinkSync(version, join(nvm, "current"));
    const found = stableNode(join(version, "bin", "node"), { NVM_DIR: nvm, PATH: "" });
    expect(found).toEqual({ path: join(nvm, "current", "bin", "node"), isLasting: true });
  });
});
