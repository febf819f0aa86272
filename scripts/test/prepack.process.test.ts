import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { published, readManifest, root } from "../release/packages.js";
import { setRepository } from "../release/setRepository.js";

// A clone in which nothing has been built; what `npm ci` installs is lent from here.
const clone = mkdtempSync(join(tmpdir(), "isoflop-clone-"));
const tarballs = new Map<string, string>();

beforeAll(() => {
  const built = new Set(["node_modules", "dist", "test", "reports", "coverage"]);
  for (const name of [...published, "scripts", "package.json", "tsconfig.json", "tsconfig.base.json"]) {
    cpSync(join(root, name), join(clone, name), {
      recursive: true,
      filter: (path) => !built.has(path.slice(dirname(path).length + 1)),
    });
  }
  lend("node_modules");
  for (const name of published) lend(join(name, "node_modules"));
  // As after a module has been moved: the compiler leaves what it once made of it.
  mkdirSync(join(clone, "helpers/dist/fit"), { recursive: true });
  for (const gone of ["helpers/dist/gone.js", "helpers/dist/fit/gone.d.ts"])
    writeFileSync(join(clone, gone), "");
  for (const name of published) {
    const [{ filename }] = JSON.parse(npm(name, "pack", "--json"));
    const unpacked = mkdtempSync(join(tmpdir(), "isoflop-tarball-"));
    execFileSync("tar", ["-xzf", join(clone, name, filename), "--strip-components=1", "-C", unpacked]);
    tarballs.set(name, unpacked);
  }
});

afterAll(() => {
  for (const folder of [clone, ...tarballs.values()]) rmSync(folder, { recursive: true, force: true });
});

function npm(folder: string, ...args: string[]): string {
  return execFileSync("npm", args, {
    cwd: join(clone, folder),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Links what is installed, and the workspaces to the clone's own. */
function lend(modules: string): void {
  if (!existsSync(join(root, modules))) return;
  mkdirSync(join(clone, modules));
  for (const name of readdirSync(join(root, modules))) {
    const workspace = published.find((room) => readManifest(join(root, room)).name === name);
    symlinkSync(workspace ? join(clone, workspace) : join(root, modules, name), join(clone, modules, name));
  }
}

const filesIn = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );

/** All paths in a manifest that users and npm follow. */
function promised({ exports, main, types, bin }: Record<string, unknown>): string[] {
  const leaves = (value: unknown): string[] =>
    typeof value === "string" ? [value] : value ? Object.values(value).flatMap(leaves) : [];
  return [exports, main, types, bin].flatMap(leaves).map((path) => posix.normalize(path));
}

/** The files beside it that a module imports, starts as a worker or, in a declaration, takes types from. */
function neighbours(path: string, text: string): string[] {
  const imported = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"(\.{1,2}\/[^"$]+)"/g);
  const started = text.matchAll(/new URL\(\s*"(\.{1,2}\/[^"]+\.js)",\s*import\.meta\.url/g);
  return [...imported, ...started].map((match) =>
    // Declarations keep the name of the source.
    posix.join(posix.dirname(path), match[1]!).replace(/(?<!\.d)\.ts$/, ".d.ts"),
  );
}

describe.each(published)("%s, packed from a clone that was never built", (name) => {
  test("has every file that its manifest names", () => {
    const manifest = readManifest(tarballs.get(name)!);
    const files = filesIn(tarballs.get(name)!);
    expect(promised(manifest).length).toBeGreaterThan(2);
    expect(promised(manifest).filter((path) => !files.includes(path))).toEqual([]);
  });

  test("has every file that its modules and types refer to", () => {
    const folder = tarballs.get(name)!;
    const files = new Set(filesIn(folder));
    const asked = [...files]
      .filter((path) => /\.(js|d\.ts)$/.test(path))
      .flatMap((path) => neighbours(path, readFileSync(join(folder, path), "utf8")));
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((path) => !files.has(path))).toEqual([]);
  });

  test("has the modules of all its sources and of no others", () => {
    const declared = filesIn(join(tarballs.get(name)!, "dist")).filter((path) => path.endsWith(".d.ts"));
    const sources = filesIn(join(clone, name, "src"))
      .filter((path) => path.endsWith(".ts") && !path.startsWith("browser"))
      .map((path) => path.replace(/\.ts$/, ".d.ts"));
    expect(declared.sort()).toEqual(sources.sort());
  });

  test("is described so that npm corrects nothing when it is published", () => {
    setRepository("https://example.org/someone/isoflop", clone);
    const before = readFileSync(join(clone, name, "package.json"), "utf8");
    npm(name, "pkg", "fix");
    expect(readFileSync(join(clone, name, "package.json"), "utf8")).toBe(before);
  });
});

test("packing again writes nothing that a running program reads", () => {
  const written = () =>
    published.flatMap((name) => {
      const dist = join(clone, name, "dist");
      const read = filesIn(dist).filter((path) => !path.endsWith(".tsbuildinfo"));
      return read.map((path) => `${path} ${statSync(join(dist, path)).mtimeMs}`);
    });
  const before = written();
  npm("kernel", "pack", "--dry-run");
  expect(written()).toEqual(before);
});

test("without the compiler, packing says what to run", () => {
  rmSync(join(clone, "node_modules/typescript"));
  expect(() => npm("datasets", "pack", "--dry-run")).toThrow(/the compiler is not installed: run npm ci/);
});
