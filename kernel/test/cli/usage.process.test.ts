import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-usage-"));
afterAll(() => rmSync(folder, { recursive: true }));
const isoflop = (args: readonly string[], env: Record<string, string> = {}) => {
  const { COLUMNS: _, FORCE_COLOR: __, NO_COLOR: ___, ...rest } = process.env;
  return spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...rest, ...env },
  });
};

const runs = Array.from({ length: 12 }, (_, k) => `${k + 1}e8,${k * k + 2}e9,${4 - k / 9}\n`).join("");
writeFileSync(join(folder, "runs.csv"), `params,tokens,loss\n${runs}`);
writeFileSync(
  join(folder, "requests.csv"),
  `prompt_tokens,output_tokens,runtime_s\n${[100, 200].flatMap((p) => [1, 21, 41].map((o) => `${p},${o},${(p + o) / 100}`)).join("\n")}\n`,
);
writeFileSync(join(folder, "counts.csv"), "n_samples,n_correct\n100,0\n100,1\n100,30\n100,99\n");
writeFileSync(
  join(folder, "bad.csv"),
  `params,tokens,loss\n7,1e10,2\n1e9,${"ten billions of them ".repeat(4)},2\n`,
);

test.each<[number, string]>([
  [2, "nosuch"],
  [2, "nosuch --help"],
  [2, "help kernel nosuch"],
  [2, "kernel"],
  [2, "plan --flops abc"],
  [2, "plan"],
  [2, "fit runs.csv --fix Q=1"],
  [2, "fit -"],
  [1, "fit none.csv"],
  [1, "fit bad.csv"],
  [1, "run none.ipynb"],
  [0, "help kernel install"],
  [0, "plan --help"],
])("exit code %i for isoflop %s", (code, line) => {
  const { status, stdout, stderr } = isoflop(line.split(" "));
  expect(status).toBe(code);
  expect(stdout === "").toBe(code !== 0);
  expect(stderr === "").toBe(code === 0);
});

/** Everything that prints a table. */
const printing = [
  "plan --flops 1e24",
  "plan --gpu-hours 1e6 --accelerator h100-sxm --gpus 2048 --usd-per-gpu-hour 2.5 --over-train 3",
  "fit runs.csv --bootstrap 20 --plan flops=1e24 --holdout params>0 --map params=params",
  "laws",
  "accelerators",
  "accelerators gb200",
  "runtime requests.csv --prompt 4096 --output 512 --accelerators 8 --usd-per-hour 2.5",
  "sample --counts counts.csv",
  "fit bad.csv",
];

describe("output fits", () => {
  test.each(printing)("isoflop %s", (line) => {
    for (const width of [80, 40]) {
      const { stdout, stderr } = isoflop(line.split(" "), { COLUMNS: String(width) });
      const wide = `${stdout}${stderr}`.split("\n").filter((text) => text.length > width);
      // What is a message of one line, or a name, a terminal breaks where it likes.
      const broken = wide.filter(
        (text) => !/^isoflop: |^Fix the file/.test(text) && /\S \S/.test(text.trim()),
      );
      expect(broken).toEqual([]);
    }
  });

  test("in a pipe a table is as wide as it is, and at 80 columns the same numbers stand in it", () => {
    const [pipe, narrow] = [{}, { COLUMNS: "80" }].map(
      (env) => isoflop(["plan", "--flops", "1e24"], env).stdout,
    );
    const loss =
      /^loss +(1\.964 \(1\.\d+ … 2\.\d+\)) +nats per token +(isoflop's fit of the 240 runs .*)$/m.exec(pipe);
    expect(loss).not.toBeNull();
    const [, numbers, from] = loss!;
    const row = narrow.split("\n").find((line) => line.startsWith("loss "))!;
    expect(row).toContain(numbers);
    const footnote = /\[\d+\]$/.exec(row)![0];
    expect(narrow.replaceAll(/\s+/g, " ")).toContain(`${footnote} ${from}`);
  });

  test("in a terminal that does not say how wide it is, 80 columns are taken", () => {
    // A pseudo terminal of 0 columns, as a container without a size has.
    const script = `import os, pty, sys
os.environ.pop("COLUMNS", None)
out = b""
pid, fd = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
while True:
    try: piece = os.read(fd, 65536)
    except OSError: break
    if not piece: break
    out += piece
sys.stdout.buffer.write(out)`;
    const args = ["-c", script, process.execPath, bin, "plan", "--flops", "1e24"];
    const { stdout } = spawnSync("/usr/bin/python3", args, { cwd: folder, encoding: "utf8" });
    const lines = stdout.replaceAll("\r", "").split("\n");
    expect(lines.length).toBeGreaterThan(10);
    expect(Math.max(...lines.map((text) => text.length))).toBeLessThanOrEqual(80);
    expect(stdout).toContain("[1] given");
  });
});

const cell = {
  cell_type: "code",
  id: "a",
  metadata: {},
  source: "1 +",
  outputs: [],
  execution_count: null,
};

describe("colours of a failed cell", () => {
  const errors = { output_type: "error", ename: "E", evalue: "v", traceback: ["\x1b[31mred\x1b[0m"] };
  const failed = { ...cell, outputs: [errors], execution_count: 1 };
  writeFileSync(
    join(folder, "failed.ipynb"),
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [failed] }),
  );
  test.each<[boolean, Record<string, string>]>([
    [false, {}],
    [true, { FORCE_COLOR: "1" }],
    [true, { FORCE_COLOR: "1", NO_COLOR: "1" }],
    [false, { FORCE_COLOR: "0" }],
    [false, { NO_COLOR: "1" }],
  ])("%s with %j in a pipe", (isRed, env) => {
    const { stderr } = isoflop(["report", "--no-run", "failed.ipynb", "-o", "pages"], env);
    expect(stderr).toContain("failed.ipynb, cell 1 failed");
    expect(stderr.includes("\x1b[31mred")).toBe(isRed);
  });
});

describe("--quiet", () => {
  test.each<[string, boolean]>([
    ["fit runs.csv --save a.json", true],
    ["--quiet fit runs.csv --report a.html --json", true],
    ["plan --flops 1e22 --report p.html", true],
    ["clean dirty.ipynb", false],
    ["-q sample --counts counts.csv", true],
    ["report --no-run dirty.ipynb -o quiet", false],
    ["kernel install --force --prefix here", false],
  ])("isoflop %s says nothing of what was done", (line, prints) => {
    const dirty = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ ...cell, execution_count: 1 }] };
    writeFileSync(join(folder, "dirty.ipynb"), JSON.stringify(dirty));
    const args = line.split(" ");
    const { status, stdout, stderr } = isoflop(/-q/.test(line) ? args : [...args, "--quiet"]);
    expect({ status, stderr, prints: stdout !== "" }).toEqual({ status: 0, stderr: "", prints });
    writeFileSync(join(folder, "dirty.ipynb"), JSON.stringify(dirty));
    const loud = isoflop(args.filter((arg) => !["-q", "--quiet"].includes(arg)));
    expect(loud.stdout + loud.stderr).toMatch(/written|cleaned|1 notebook|Installed|pass@k/);
  });

  test("what went wrong is told all the same", () => {
    expect(isoflop(["-q", "fit", "none.csv"]).stderr).toBe(
      "isoflop: none.csv does not exist; check the path\n",
    );
    expect(isoflop(["report", "-q", "--no-run", "failed.ipynb", "-o", "pages"]).stderr).toContain(
      "cell 1 failed",
    );
    expect(isoflop(["clean", "--check", "-q", "failed.ipynb"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: "",
    });
  });
});
