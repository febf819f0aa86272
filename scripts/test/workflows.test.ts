import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseWorkflowFile } from "./parseWorkflowFile.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, ".github/workflows");
const names = readdirSync(folder);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What of a step's commands this repository has to provide and does not. */
function missingFor(command: string): string[] {
  return command.split("\n").flatMap((line) => {
    const [program, first, second] = line.trim().split(/\s+/);
    if (program === "bash") return existsSync(join(root, first!)) ? [] : [`the file ${first}`];
    if (program === "npx") return existsSync(join(root, "node_modules/.bin", first!)) ? [] : [`${first}`];
    if (program === "npm" && first === "run") return scripts[second!] ? [] : [`the script ${second}`];
    if (program === "npm" && ["ci", "publish"].includes(first!)) return [];
    return [`a reading of "${line}" in this test`];
  });
}

test("there is a workflow for every change and one for releases", () => {
  expect(names).toEqual(["ci.yml", "release.yml"]);
});

describe.each(names)("%s", async (name) => {
  const path = join(folder, name);
  const text = readFileSync(path, "utf8");
  const { workflow, errors } = await parseWorkflowFile(path);
  const steps = workflow.jobs.flatMap((job) => job.steps ?? []);

  test("is what GitHub reads without an error", () => {
    expect(errors).toEqual([]);
    expect(workflow.jobs.length).toBeGreaterThan(0);
  });

  test("runs commands that the repository has", () => {
    const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.flatMap((command) => missingFor(String(command)))).toEqual([]);
  });

  test("uses actions by the hash of a commit, with the version beside it", () => {
    const used = [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map((match) => match[1]!);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((one) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one))).toEqual([]);
  });

  test("may read the repository and, by default, nothing else", () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
  });
});

test("an unknown key, an unknown name in an expression and an unknown script are found", async () => {
  const ci = readFileSync(join(folder, "ci.yml"), "utf8");
  const errorsOf = async (wrong: string) => (await parseWorkflowFile("ci.yml", wrong)).errors;
  expect(await errorsOf(ci.replace("runs-on:", "runs-in:"))).toContainEqual(
    expect.stringContaining("Unexpected value 'runs-in'"),
  );
  expect(await errorsOf(ci.replace("matrix.node }}", "matrices.node }}"))).toContainEqual(
    expect.stringContaining("Unrecognized named-value: 'matrices'"),
  );
  expect(missingFor("npm run lint\nnpm run lynt")).toEqual(["the script lynt"]);
});
