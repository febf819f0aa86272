import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { formOf } from "../../../bench/discover/publishedTables.js";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "isoflop-sld-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bench = (...args: string[]) => run(process.execPath, ["bench/run.js", ...args], { cwd: root });
const rowsOf = (sizes: readonly number[], streams: readonly number[]) =>
  ["pile", "stack"].flatMap((group, g) =>
    sizes.flatMap((n) =>
      streams.map((p, k) => {
        const off = 1 + 1e-4 * (((k + g + Math.log2(n)) % 3) - 1);
        return `${group},${n * 1e8},${p},${off * (1.2 + 0.3 * g + 0.8 * n ** -0.3 * p ** -0.1)}`;
      }),
    ),
  );
const write = (name: string, rows: readonly string[]) =>
  writeFileSync(join(folder, name), `group,num_params,parallel_size,loss\n${rows.join("\n")}\n`);

test("SLDBench's tasks are scored on rows of another folder, as JSON of the form that is promised", async () => {
  write("par_train.csv", rowsOf([1, 2, 4, 8, 16, 32], [1, 2, 4]));
  write("par_test.csv", rowsOf([1, 2, 4, 8, 16, 32], [8]));
  const { stdout } = await bench("sld", "--train", folder, "--test", folder, "--only", "par", "--json");
  const { tasks, mean, seconds } = JSON.parse(stdout);
  expect(Object.keys(tasks)).toEqual(["par"]);
  const { r2, unclipped, law } = tasks.par;
  expect(r2).toBeGreaterThan(0.99);
  expect([r2, mean]).toEqual([unclipped, unclipped]);
  expect(law).toContain("loss = ");
  expect(seconds).toBeGreaterThan(0);
});

test("a task without its file is told by the file", async () => {
  await expect(bench("sld", "--train", folder, "--only", "vocab")).rejects.toMatchObject({
    stderr: expect.stringContaining(join(folder, "vocab_train.csv")),
  });
});

test("the form of a law is its terms without numbers, signs and order", () => {
  expect(formOf("loss = -E + A2*(D/3.1e9)^(-p1) - A1*(N/800)^p2")).toEqual(["D^p", "E", "N^p"]);
  expect(formOf("lr = A1*(N/4)^(-p1)*(D/2)^p2")).toEqual(["D^p*N^p"]);
  expect(formOf("loss = E + A1*(N/4 + K1)^(-p1)")).not.toEqual(["E", "N^p"]);
});
