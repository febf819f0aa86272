import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InstalledKernel, installKernel } from "./installedKernel.ts";
import { python } from "./python.ts";

let installed: InstalledKernel;
beforeAll(() => {
  installed = installKernel();
});
afterAll(() => installed?.remove());

describe("jupyter run", () => {
  const program = "from jupyter_client.runapp import main; main()";
  const run = (files: Record<string, string>, options: string[] = [], input = "") => {
    const folder = installed.env.JUPYTER_DATA_DIR!;
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const args = ["-c", program, "--kernel", "isoflop", ...options, ...Object.keys(files)];
    return spawnSync(python(), args, { cwd: folder, env: installed.env, encoding: "utf8", input });
  };

  it("runs a file, and says in one line that the kernel passes its name over", () => {
    const text = 'const n: number = 40;\nconsole.log("out", n);\nconsole.error("err");\nn + 2\n';
    const { status, stdout, stderr } = run({ "a.ts": text });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "out 40\n42" });
    expect(stderr).toContain('isoflop kernel: ignored what it does not know of its command line: "a.ts"\n');
    expect(stderr).toContain("err\n");
  });

  it("runs several in one session", () => {
    const { status, stdout } = run({ "a.ts": "const n = 1;", "b b.ts": "n + 1" });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "2" });
  });

  it("runs what comes in, and passes other options over", () => {
    const { status, stdout, stderr } = run(
      {},
      ["--Kernel.x=1"],
      "interface A { a: 1 }\n({ a: 1 }) satisfies A",
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: "{ a: 1 }" });
    expect(stderr).not.toContain("usage");
  });

  it.each([
    ["throws", 'throw new Error("boom")', "Error: boom"],
    ["has a type error", 'const s: number = "x";', "TS2322"],
    ["is no program", "const = ;", "TS1134"],
  ])("fails where a file %s", (_, text, said) => {
    const { status, stderr } = run({ "a.ts": "1", "bad.ts": text });
    expect(status).toBe(1);
    expect(stderr.replace(/\x1b\[[\d;]*m/g, "")).toContain(said);
  });

  it("answers prompt", () => {
    const { stdout } = run(
      { "p.ts": 'const name: string = prompt("name? ") ; console.log("hi", name)' },
      [],
      "Ann\n",
    );
    expect(stdout).toContain("hi Ann");
  });
});

describe("jupyter console, at a terminal", () => {
  // Without Ctrl-C: from its first prompt on, jupyter_console 6.4 has lost its handler of SIGINT and asks no kernel to stop.
  it("runs, completes, explains, asks and fails", async () => {
    const steps = [
      ["In \\[1\\]: ", "const a: number = 40;\r"],
      ["In \\[2\\]: ", "a + 2\r"],
      ["Out\\[2\\]: 42[^]*In \\[3\\]: ", "a.toFix\t"],
      ["toFix\\s*ed", "(1)\r"],
      ["Out\\[3\\]: '40.0'[^]*In \\[4\\]: ", 'throw new Error("bo" + "om")\r'],
      ["Error: boom[^]*In \\[5\\]: ", 'prompt("who? ")\r'],
      ["who\\? $", "Ann\r"],
      ["'Ann'[^]*In \\[6\\]: ", "a?\r"],
      ["const a: number[^]*In \\[7\\]: ", "\u0004"],
      ["exit", "y\r"],
    ].map(([pattern, typed]) => [pattern!.replaceAll("[^]", "[\\s\\S]"), typed]);
    const console = [python(), "-m", "jupyter_console", "--kernel", "isoflop"];
    const driver = fileURLToPath(new URL("terminal.py", import.meta.url));
    const args = [driver, JSON.stringify(console), JSON.stringify(steps), "30"];
    const { stdout } = await promisify(execFile)(python(), args, { env: installed.env });
    const { shown, ...end } = JSON.parse(stdout) as { shown: string; status?: number; missing?: string };
    expect(end, shown).toEqual({ status: 0 });
    expect(shown).not.toContain("```");
    expect(shown).toContain("isoflop");
  });
});
