import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, expect, test } from "vitest";
import { pack, quiet, root } from "./packed.ts";

const tarballs = mkdtempSync(join(tmpdir(), "isoflop-packed-"));
const emptyFolder = () => mkdtempSync(join(tmpdir(), "isoflop-user-"));
const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Installs tarballs as a user does, without a network: what they depend on comes as a tarball too. */
function install(folder: string, files: readonly string[]): void {
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", ...files], {
    ...quiet,
    cwd: folder,
  });
}

function sizeOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

let helpers: string;
let datasets: string;
let user: string;

beforeAll(() => {
  helpers = pack(join(root, "helpers"), tarballs);
  datasets = pack(join(root, "datasets"), tarballs);
  const libraries = ["simple-statistics", "papaparse"].map((name) =>
    pack(join(root, "node_modules", name), tarballs),
  );
  user = emptyFolder();
  install(user, [helpers, datasets, ...libraries]);
});

test("the helpers and the tables work where they are installed from npm, in under 18 MB", () => {
  const program = `
    import { chinchilla, fit, huber } from "isoflop";
    import { chinchillaFigure4 } from "isoflop-datasets";
    const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
    console.log(fit(chinchilla, runs, { loss: huber(1e-3) }).status, runs.length);`;
  writeFileSync(join(user, "use.js"), program);
  expect(execFileSync(process.execPath, ["use.js"], { ...quiet, cwd: user })).toBe("converged 240\n");
  // 17.2 MB: 7.3 of helpers (a file for Node, modules for bundlers; 2 × 0.4 are the calibration of serving), 8.3 of tables (as
  // csv for Node and once more in modules for bundlers), 1.6 of what they depend on.
  expect(sizeOf(join(user, "node_modules"))).toBeLessThan(18e6);
  expect(existsSync(join(user, "node_modules", "danfojs-node"))).toBe(false);
});

test.each(["helpers", "datasets"])(
  "a bundler that knows no exports is given what pages of %s can run",
  async (name) => {
    const entry = join(root, name, manifest(join(root, name)).module);
    const { outputFiles, warnings } = await build({
      entryPoints: [entry],
      bundle: true,
      platform: "browser",
      format: "esm",
      write: false,
      logLevel: "silent",
    });
    expect(warnings).toEqual([]);
    expect(outputFiles[0]!.text).not.toMatch(/node:fs|existsSync|worker_threads/);
  },
);

test("the example in the readme of the helpers runs and gives what it says", () => {
  const example = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, "helpers/README.md"), "utf8"))![1]!;
  const ask = "console.log(law.status, law.parameters.alpha.toFixed(3), best.tokensPerParam > 1);";
  writeFileSync(join(user, "readme.js"), `${example}\n${ask}`);
  expect(execFileSync(process.execPath, ["readme.js"], { ...quiet, cwd: user })).toBe(
    "converged 0.350 true\n",
  );
});

test("their types resolve under strict settings, and a wrong use is an error", () => {
  const compile = (source: string) => {
    writeFileSync(join(user, "use.ts"), source);
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const settings = [
      "--strict",
      "--noEmit",
      "--declaration",
      "--module",
      "nodenext",
      "--target",
      "es2023",
      "--types",
      "",
      "use.ts",
    ];
    return spawnSync(process.execPath, [tsc, ...settings], { ...quiet, cwd: user }).stdout;
  };
  const right = `import { fit, chinchilla, huber } from "isoflop";
    import { chinchillaFigure4 } from "isoflop-datasets";
    const alpha: number = fit(chinchilla, chinchillaFigure4(), { loss: huber(1e-3) }).parameters.alpha;
    alpha.toFixed(3);`;
  expect(compile(right)).toBe("");
  expect(compile(right.replace("parameters.alpha", "parameters.gamma"))).toContain("'gamma' does not exist");
  // What a library of theirs exports without writing the type down, its declarations must be able to name.
  const exported = `import { chinchilla, fit, huber, computeOptimal } from "isoflop";
    import { chinchillaFigure4 } from "isoflop-datasets";
    const f = fit(chinchilla, chinchillaFigure4());
    export const spread = { ...f };
    export const { table, minimum, options, status } = f;
    export const boot = () => f.bootstrap();
    export const profile = () => f.profile("alpha");
    export const covariance = f.covariance();
    export const [law, loss] = [chinchilla.specification, huber(1).specification];
    export const best = computeOptimal(f, { flops: 1e20 });`;
  expect(compile(exported)).toBe("");
});

test.each(["helpers", "datasets", "kernel"])("publint finds nothing wrong with %s", async (name) => {
  const folder = join(root, name);
  const { messages } = await publint({ pkgDir: folder, strict: true });
  expect(messages.map((message) => formatMessage(message, manifest(folder)))).toEqual([]);
});

test.each(["helpers", "datasets", "kernel"])(
  "%s is packed with readme and licence, without sources and tests",
  (name) => {
    const listed = execFileSync("tar", ["tf", pack(join(root, name), tarballs)], quiet)
      .trim()
      .split("\n");
    const files = listed.map((path) => path.replace(/^package\//, ""));
    expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "package.json"]));
    expect(files.filter((path) => /(^|\/)(src|test)\/|\.tsbuildinfo$/.test(path))).toEqual([]);
  },
);

test.each(["helpers", "datasets", "kernel"])(
  "the tarball of %s is below 10 MB, packed and unpacked",
  (name) => {
    const tarball = pack(join(root, name), tarballs);
    expect(sizeOf(tarball)).toBeLessThan(12e6);
    const unpacked = emptyFolder();
    execFileSync("tar", ["xf", tarball, "-C", unpacked]);
    expect(sizeOf(unpacked)).toBeLessThan(12e6);
  },
);

test("the packed kernel runs a notebook in a folder that has nothing", () => {
  // Its libraries are many and large, so they are lent from the workspace instead of installed.
  const home = emptyFolder();
  const modules = join(home, "node_modules");
  mkdirSync(join(modules, "isoflop-kernel"), { recursive: true });
  execFileSync("tar", [
    "xf",
    pack(join(root, "kernel"), tarballs),
    "--strip-components=1",
    "-C",
    join(modules, "isoflop-kernel"),
  ]);
  const ours = ["isoflop", "isoflop-datasets"];
  // Ours are copied, so that what they import is found beside them, as after an installation.
  for (const name of [...ours, "simple-statistics", "papaparse"]) {
    cpSync(join(user, "node_modules", name), join(modules, name), { recursive: true });
  }
  for (const name of Object.keys(manifest(join(root, "kernel")).dependencies)) {
    if (ours.includes(name)) continue;
    const own = join(root, "kernel/node_modules", name);
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(existsSync(own) ? own : join(root, "node_modules", name), join(modules, name));
  }
  const folder = emptyFolder();
  const notebook = join(folder, "a.ipynb");
  const source = [
    'import { formatCount } from "isoflop";',
    'import { defineLaw } from "isoflop/formula";',
    'import { chinchillaFigure4 } from "isoflop-datasets";',
    'import { evaluate } from "mathjs";',
    "const required = [require('mathjs/number').evaluate('1 + 3'), require('isoflop').formatCount === formatCount];",
    "required.push(require.resolve('isoflop-datasets').endsWith('index.js'));",
    "[formatCount(70e9), defineLaw('L = E + A/N^alpha').name, chinchillaFigure4().length, evaluate('1 + 2'), ...required]",
  ].join("\n");
  const cell = { cell_type: "code", id: "a", metadata: {}, source, outputs: [], execution_count: null };
  writeFileSync(notebook, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
  const bin = join(modules, "isoflop-kernel/bin/isoflop.js");
  const isoflop = (...args: string[]) =>
    spawnSync(process.execPath, [bin, ...args], { ...quiet, cwd: folder });
  const run = isoflop("run", "a.ipynb");
  expect(run).toMatchObject({ status: 0 });
  expect(JSON.parse(readFileSync(notebook, "utf8")).cells[0].outputs[0].data["text/plain"].join("")).toBe(
    "[ '70B', 'L = E + A/N^alpha', 245, 3, 4, true, true ]",
  );
  // The readme's example, in its own words.
  const example = /^printf '.*\nisoflop fit .*$/m.exec(readFileSync(join(root, "README.md"), "utf8"))![0];
  const script = `isoflop() { '${process.execPath}' '${bin}' "$@"; }\n${example}`;
  const fitted = spawnSync("bash", ["-c", script], { ...quiet, cwd: folder });
  expect(fitted).toMatchObject({ status: 0, stderr: "" });
  expect(fitted.stdout).toContain("converged");
  const report = isoflop("report", "a.ipynb", "-o", "out");
  expect(report).toMatchObject({ status: 0 });
  expect(readFileSync(join(folder, "out/a.html"), "utf8")).toContain("70B");
});
