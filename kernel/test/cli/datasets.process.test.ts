import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-datasets-"));
const at = (path: string) => join(folder, path);
const tables = join(
  dirname(createRequire(import.meta.url).resolve("isoflop-datasets/package.json")),
  "tables",
);
const isoflop = (args: readonly string[], input: string | Uint8Array = "") =>
  spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: "utf8", input });
const ok = (args: readonly string[], input?: string | Uint8Array) => {
  const { stdout, stderr, status } = isoflop(args, input);
  expect({ status, stderr }, args.join(" ")).toEqual({ status: 0, stderr: "" });
  return stdout;
};
afterAll(() => rmSync(folder, { recursive: true }));

/** What is found in the table as it lies in the repository. */
const recorded = JSON.parse(ok(["fit", join(tables, "chinchilla_figure4.csv"), "--json"]));

test.each(["csv", "tsv", "jsonl", "parquet"])(
  "a table that is exported as %s and fitted from standard input gives the same numbers",
  (format) => {
    const exported = spawnSync(process.execPath, [
      bin,
      "datasets",
      "export",
      "chinchilla_figure4",
      "--format",
      format,
    ]);
    const fitted = JSON.parse(ok(["fit", "-", "--format", format, "--json"], exported.stdout));
    expect(fitted.parameters).toEqual(recorded.parameters);
    expect(fitted.objective).toBe(recorded.objective);
    expect(fitted.runs).toBe(245);
  },
);

test("a file is as what is printed, and is written whole, through links, or not at all", () => {
  for (const format of ["csv", "tsv", "json", "jsonl"]) {
    const { status, stdout, stderr } = isoflop(["datasets", "export", "tts_flops", "-o", `a.${format}`]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^a\\.${format}: \\d+ rows of tts_flops\n$`));
    expect(readFileSync(at(`a.${format}`), "utf8")).toBe(
      ok(["datasets", "export", "tts_flops", "--format", format]),
    );
  }
  expect(ok(["datasets", "export", "tts_flops", "-o", "-"])).toBe(readFileSync(at("a.csv"), "utf8"));
  expect(ok(["datasets", "export", "tts_flops", "-o", "-", "--format", "tsv"])).toBe(
    readFileSync(at("a.tsv"), "utf8"),
  );
  expect(existsSync(at("-"))).toBe(false);
  symlinkSync("a.csv", at("link.csv"));
  expect(ok(["-q", "datasets", "export", "tts_frontier", "-o", "link.csv"])).toBe("");
  expect(readFileSync(at("a.csv"), "utf8")).toBe(ok(["datasets", "export", "tts_frontier"]));
  expect(ok(["-q", "datasets", "export", "tts_flops", "-o", "deep/er/noName", "--format", "tsv"])).toBe("");
  expect(readFileSync(at("deep/er/noName"), "utf8")).toBe(readFileSync(at("a.tsv"), "utf8"));
});

test("the tables themselves are not overwritten, by whatever name they are reached", () => {
  const table = join(tables, "tts_flops.csv");
  const before = readFileSync(table, "utf8");
  symlinkSync(table, at("soft.csv"));
  const places = [table, "soft.csv"];
  try {
    linkSync(table, at("hard.csv"));
    places.push("hard.csv");
  } catch {
    // The temporary folder is on another disk.
  }
  for (const place of places) {
    const { status, stderr } = isoflop(["datasets", "export", "tts_flops", "-o", place]);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining("would overwrite the table"),
    });
  }
  expect(readFileSync(table, "utf8")).toBe(before);
});

test("list, search and describe, as text and as JSON", () => {
  const list = ok(["datasets"]);
  expect(list).toMatch(/^chinchilla_figure4 +245 {2}245 training runs .* arXiv 2203\.15556$/m);
  expect(ok(["datasets", "list"])).toBe(list);
  expect(ok(["datasets", "mixture-of-experts"]).split("\n")).toHaveLength(4);
  const listed = JSON.parse(ok(["datasets", "--json"])) as { name: string; rows: number }[];
  expect(listed).toHaveLength(list.trimEnd().split("\n").length - 2);
  expect(listed.find(({ name }) => name === "step_law_moe")).toMatchObject({
    rows: 708,
    paper: { arxiv: "2503.04715" },
  });
  const sheet = ok(["datasets", "describe", "chinchillaFigure4", "--rows", "2"]);
  for (const words of [
    "Source. ",
    "Licence. ",
    "Cautions. ",
    "loss_nats",
    "nats per token",
    "number > 0",
    "The first 2 rows",
  ])
    expect(sheet).toContain(words);
  expect(
    JSON.parse(ok(["datasets", "describe", "chinchilla_figure4", "--json", "--rows", "2"])).firstRows,
  ).toHaveLength(2);
  expect(isoflop(["datasets", "elephants"])).toMatchObject({
    status: 1,
    stdout: "",
    stderr: 'isoflop: no table speaks of "elephants"; use fewer words\n',
  });
});

test("a name that is no table is told with the nearest, and nothing is written", () => {
  const { status, stderr } = isoflop(["datasets", "export", "chinchilla_figur4", "-o", "none.csv"]);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr:
      'isoflop: no table is called "chinchilla_figur4". Did you mean chinchilla_figure4? isoflop datasets lists them all\n',
  });
  expect(existsSync(at("none.csv"))).toBe(false);
});

test("it is the tables beside the kernel that are meant, wherever it is called", () => {
  copyFileSync(join(tables, "tts_flops.csv"), at("tts_flops.csv"));
  expect(
    spawnSync(process.execPath, [bin, "datasets", "export", "tts_flops"], { cwd: "/", encoding: "utf8" })
      .stdout,
  ).toBe(ok(["datasets", "export", "tts_flops"]));
});
