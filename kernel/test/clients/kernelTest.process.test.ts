import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InstalledKernel, installKernel } from "./installedKernel.ts";
import { python } from "./python.ts";

interface Row {
  test: string;
  status: "passed" | "failed" | "skipped";
  why: string;
}

/** All that jupyter_kernel_test 0.4.5 offers; a new version with more tests must be given samples. */
const offered = [
  "test_clear_output",
  "test_completion",
  "test_display_data",
  "test_error",
  "test_execute_result",
  "test_execute_stderr",
  "test_execute_stdout",
  "test_history",
  "test_inspect",
  "test_is_complete",
  "test_kernel_info",
  "test_pager",
];

describe("jupyter_kernel_test against the installed kernel", () => {
  let installed: InstalledKernel;
  let ours: Row[];
  let theirs: Row[];
  beforeAll(async () => {
    installed = installKernel();
    const run = async (kernel: string) => {
      const script = fileURLToPath(new URL("kernel_test.py", import.meta.url));
      const { stdout } = await promisify(execFile)(python(), [script, kernel], { env: installed.env });
      const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
      return lines.map((line) => JSON.parse(line) as Row);
    };
    [ours, theirs] = [await run("isoflop"), await run("python3")];
  });
  afterAll(() => installed?.remove());

  it("runs every test the package offers, with samples", () => {
    expect(ours.map(({ test }) => test).sort()).toEqual(offered);
    expect(ours.filter(({ status }) => status === "skipped")).toEqual([]);
  });

  for (const name of offered) {
    it(`${name} passes, or fails for ipykernel on this machine as well`, () => {
      const row = ours.find(({ test }) => test === name);
      const reference = theirs.find(({ test }) => test === name);
      if (row?.status === "failed" && reference?.status === "failed") return;
      expect(row?.status, row?.why).toBe("passed");
    });
  }
});
