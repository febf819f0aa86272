import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { docExamples, type Example, pageExamples } from "../../../helpers/test/examples/extractExamples.ts";
import { bundlers, root, userFolder } from "./packed.ts";

const { folder, remove } = userFolder();
afterAll(remove);

const pages = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const examples = [
  ...docExamples(join(root, "helpers/src"), "helpers/src"),
  ...docExamples(join(root, "datasets/src"), "datasets/src"),
  ...pages.flatMap((name) => pageExamples(join(root, "docs", name), `docs/${name}`)),
  ...["README.md", "helpers/README.md", "datasets/README.md", "kernel/README.md"].flatMap((name) =>
    pageExamples(join(root, name), name),
  ),
  // The types of danfojs, of Node and of the kernel's libraries are others' to keep; loaders stand inside this repository.
].filter(({ code }) => !/from "(isoflop-kernel|isoflop\/danfo|node:|[.][.]\/csv)/.test(code));

/** The strictest settings there are, on the declarations of the packages too. */
const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  target: "es2022",
  lib: ["es2022", "dom"],
  types: [],
};

/** What a compiler says of the examples, each under the place it comes from. */
async function compile(compiler: string, settings: object, chosen: readonly Example[]): Promise<string> {
  const project = join(folder, `${compiler} ${JSON.stringify(settings).replace(/\W+/g, " ").trim()}`);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  chosen.forEach(({ code }, i) => {
    writeFileSync(join(project, `example${i}.ts`), `export {};\n${code}\n`);
  });
  const compilerOptions = { ...strictest, ...settings };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const tsc = join(compiler === "typescript" ? root : bundlers, "node_modules", compiler, "bin/tsc");
  const args = [tsc, "-p", project, "--pretty", "false"];
  const { stdout } = await promisify(execFile)(process.execPath, args).catch((error) => error);
  return String(stdout).replace(/^.*example(\d+)\.ts/gm, (_, i) => chosen[Number(i)]!.place);
}

const resolutions = {
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

// 5.4 is the oldest: it brought NoInfer. Until 5.8 nodenext meant node16.
test.each([
  ["typescript5.4", "node16"],
  ["typescript5.4", "bundler"],
  ["typescript", "node16"],
  ["typescript", "nodenext"],
  ["typescript", "bundler"],
] as const)("every example compiles under %s with %s", async (compiler, resolution) => {
  expect(examples.length).toBeGreaterThan(200);
  expect(await compile(compiler, resolutions[resolution], examples)).toBe("");
});

test("the oldest compiler refuses a wrong use", async () => {
  const wrong = (code: string) => ({
    place: "wrong",
    code: `import { chinchilla, fit } from "isoflop";\n${code}`,
  });
  const said = await compile("typescript5.4", { ...resolutions.node16, strict: true }, [
    wrong("fit(chinchilla, [{ nParams: 1, nTokens: 1, loss: 1 }]).parameters.gamma;"),
    wrong("fit(chinchilla, [{ nParams: 1, loss: 1 }]);"),
    wrong("fit(chinchilla, [], { los: 1 });"),
  ]);
  expect(said).toContain("Property 'gamma' does not exist");
  expect(said).toContain("'nTokens' is missing");
  expect(said).toContain("'los' does not exist");
});

test.each(["isoflop", "isoflop-datasets"])(
  "@arethetypeswrong/cli finds nothing wrong with %s",
  async (name) => {
    const attw = join(bundlers, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const place = join(folder, "node_modules", name);
    // Only modules, which Node gives to require(), too; node10 is how TypeScript 4 resolved.
    const args = [attw, "--pack", place, "--profile", "esm-only", "--no-color"];
    const env = { ...process.env, npm_config_ignore_scripts: "true" };
    const said = await promisify(execFile)(process.execPath, args, { env }).then(
      ({ stdout }) => stdout,
      (error) => `refused: ${error.stdout}`,
    );
    expect(said).toContain(`${name} v`);
    expect(said).not.toContain("refused");
  },
);
