import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { docExamples, pageExamples } from "./extractExamples.ts";

const root = new URL("../../../", import.meta.url);
const path = (relative: string) => fileURLToPath(new URL(relative, root));

test("every example passes the checker that the kernel's cells go through", async () => {
  const pages = ["", "cost/", "serving/"].flatMap((folder) =>
    readdirSync(path(`docs/${folder}`)).flatMap((name) => (name.endsWith(".md") ? [folder + name] : [])),
  );
  const examples = [
    ...docExamples(path("helpers/src"), "helpers/src"),
    ...docExamples(path("datasets/src"), "datasets/src"),
    ...docExamples(path("kernel/src"), "kernel/src"),
    ...pages.flatMap((name) => pageExamples(path(`docs/${name}`), `docs/${name}`)),
  ];
  const folder = mkdtempSync(join(tmpdir(), "isoflop-examples-"));
  try {
    examples.forEach(({ code }, i) => {
      writeFileSync(join(folder, `example${i}.ts`), `export {};\n${code}\n`);
    });
    const paths = {
      isoflop: [path("helpers/dist/index.d.ts")],
      "isoflop/formula": [path("helpers/dist/formula/index.d.ts")],
      "isoflop/danfo": [path("helpers/dist/danfo/index.d.ts")],
      "isoflop-datasets": [path("datasets/dist/index.d.ts")],
      "isoflop-kernel/runner": [path("kernel/dist/notebook/index.d.ts")],
      "isoflop-kernel/report": [path("kernel/dist/report/index.d.ts")],
      "isoflop-datasets/csv": [path("datasets/dist/csv/index.d.ts")],
    };
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2023",
      lib: ["es2023"],
      types: [],
      skipLibCheck: true,
      paths,
    };
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const tsc = path("node_modules/typescript/bin/tsc");
    const { stdout } = await promisify(execFile)(process.execPath, [
      tsc,
      "-p",
      folder,
      "--pretty",
      "false",
    ]).catch((error) => error);
    const located = String(stdout).replace(/^.*example(\d+)\.ts/gm, (_, i) => examples[Number(i)]!.place);
    expect(located.trim()).toBe("");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
