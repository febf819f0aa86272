import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { createProgram } from "../../src/cli/program.ts";
import { checkOutputs } from "../../src/files/checkOutputs.ts";
import { FileWriteError } from "../../src/files/FileWriteError.ts";
import { writeReports } from "../../src/report/writeReports.ts";

let folder: string;
const at = (path: string) => `${folder}/${path}`;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isoflop-outputs-"));
  mkdirSync(at("real/deep"), { recursive: true });
  for (const file of ["there", "real/x", "other"]) writeFileSync(at(file), file);
  for (const [link, leads] of [
    ["linked", "real"],
    ["twice", "linked"],
    ["deepLinked", "real/deep"],
    ["real/up", "../there"],
    ["toThere", "there"],
    ["toToThere", "toThere"],
    ["toNew", "new"],
    ["toToNew", at("toNew")],
    ["toRealNew", "real/new"],
    ["toLaterFolder", "later/new"],
    ["slashed", "new/"],
  ] as const)
    symlinkSync(leads, at(link));
  linkSync(at("there"), at("hard"));
  linkSync(at("real/x"), at("real/deep/hard"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Every name of a file that is there, and of some that are not. */
const namesOfOne: Readonly<Record<string, readonly string[]>> = {
  there: [
    "there",
    "./there",
    "real/../there",
    "linked/up",
    "twice/up",
    "toThere",
    "toToThere",
    "hard",
    "//there",
  ],
  "real/x": ["real/x", "linked/x", "twice/x", "deepLinked/hard", "real/deep/../x", "real//./x"],
  new: ["new", "toNew", "toToNew", "linked/../new", "./new", "later/../new"],
  "real/new": ["real/new", "linked/new", "twice/new", "toRealNew", "linked/./new", "real/deep/../new"],
  "later/new": ["later/new", "toLaterFolder", "later/er/../new", "later//new"],
  "real/later/new": ["real/later/new", "linked/later/new", "twice/later/./new"],
};

test("two names of one file are refused in each order, two of different files are not", () => {
  let tried = 0;
  const all = Object.entries(namesOfOne).flatMap(([file, names]) =>
    names.map((name) => [file, name] as const),
  );
  for (const [file, name] of all) {
    for (const [otherFile, other] of all) {
      const outputs = () =>
        checkOutputs([
          ["--save", at(name)],
          ["--report", at(other)],
        ]);
      const read = () => checkOutputs([["--save", at(name)]], [["the table", at(other)]]);
      if (file === otherFile) {
        expect(outputs, `${name} and ${other}`).toThrow(/^--save .* and --report .* are one file; /);
        expect(read, `${name} onto ${other}`).toThrow(
          /^--save .* would overwrite the table .*; name another/,
        );
      } else {
        outputs();
        read();
      }
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(1000);
});

test("one file cannot be the folder of another, devices take everything, and a folder is no file", () => {
  for (const [file, inIt] of [
    ["a", "a/b"],
    ["a", "./a/b/c"],
    ["linked/a", "real/a/b"],
    ["toNew", "new/b"],
  ] as const) {
    for (const [one, other] of [
      [file, inIt],
      [inIt, file],
    ] as const)
      expect(() =>
        checkOutputs([
          ["--save", at(one)],
          ["--report", at(other)],
        ]),
      ).toThrow(/cannot be a file and the folder/);
  }
  checkOutputs(
    [
      ["--save", "/dev/null"],
      ["--report", "/dev/null"],
    ],
    [["the table", "/dev/null"]],
  );
  for (const path of ["real", "linked", "slashed", "new/", "", "real/"])
    expect(() => checkOutputs([["--save", path && at(path)]]), path).toThrow(FileWriteError);
  // Why nothing can be read there is told by who reads.
  checkOutputs([["--save", at("new")]], [["the table", at("real")]]);
});

describe("the command line", () => {
  const isoflop = async (...args: string[]) => {
    // What commander says is in the error too.
    const quiet = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const program = await createProgram({ version: "1", commands, args });
    await program.parseAsync(args, { from: "user" }).finally(() => quiet.mockRestore());
  };
  const table = "params,tokens,loss\n1e8,2e9,4\n";

  test("refuses one file for two, and files that it reads, before it reads or fits", async () => {
    writeFileSync(at("runs.csv"), table);
    symlinkSync("runs.csv", at("runsLink"));
    linkSync(at("runs.csv"), at("runsHard"));
    const before = readdirSync(folder);
    for (const names of Object.values(namesOfOne)) {
      const [save = "", report = ""] = [names[0], names.at(-1)].map((name) => at(name!));
      await expect(isoflop("fit", at("runs.csv"), "--save", save, "--report", report)).rejects.toThrow(
        `--save ${save} and --report ${report} are one file`,
      );
    }
    for (const name of ["runs.csv", "runsLink", "runsHard", "linked/../runs.csv"]) {
      for (const flag of ["--save", "--report"])
        await expect(isoflop("fit", at("runs.csv"), flag, at(name))).rejects.toThrow(
          `${flag} ${at(name)} would overwrite the table ${at("runs.csv")}`,
        );
      await expect(
        isoflop("plan", "--flops", "1e22", "--law", at("runs.csv"), "--report", at(name)),
      ).rejects.toThrow(`--report ${at(name)} would overwrite --law ${at("runs.csv")}`);
    }
    expect(readdirSync(folder)).toEqual(before);
  });

  test("refuses pages that are notebooks, or one page, before a notebook runs", async () => {
    const notebook = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const report = (paths: string[], output: string) =>
      writeReports(paths.map(at), { output: at(output), kernel: ["never"], noRun: true });
    for (const name of ["a.ipynb", "b.ipynb", "claims.json", "index.html"]) writeFileSync(at(name), notebook);
    await expect(report(["claims.json"], ".")).rejects.toThrow(/would overwrite the notebook .*claims\.json/);
    await expect(report(["a.ipynb", "index.html"], "./real/..")).rejects.toThrow(
      /would overwrite the notebook/,
    );
    for (const link of [symlinkSync, linkSync]) {
      mkdirSync(at("out"));
      link(at("a.ipynb"), at("out/a.html"));
      await expect(report(["a.ipynb"], "out")).rejects.toThrow(/page .*a\.html would overwrite .*a\.ipynb/);
      rmSync(at("out"), { recursive: true });
    }
    mkdirSync(at("out"));
    symlinkSync("a.html", at("out/b.html"));
    await expect(report(["a.ipynb", "b.ipynb"], "out")).rejects.toThrow(/a\.html and .*b\.html are one file/);
    expect(readdirSync(at("out"))).toEqual(["b.html"]);
  });

  test("refuses empty paths of every flag and argument, and folders where a file is meant, by name", async () => {
    const given = ["x.csv", "--flops", "1e22"];
    const files: [string[], string][] = [
      [["fit", "x.csv", "--save"], "--save"],
      [["fit", "x.csv", "--report"], "--report"],
      [["plan", ...given.slice(1), "--report"], "--report"],
      [["run", "x.ipynb", "-o"], "--output"],
      [["run", "x.ipynb", "--output"], "--output"],
    ];
    const paths: [string[], string][] = [
      [["report", "x.ipynb", "-o"], "--output"],
      [["plan", ...given.slice(1), "--law"], "--law"],
      [["sample", "--counts"], "--counts"],
      [["kernel", "install", "--prefix"], "--prefix"],
      [["kernel", "uninstall", "--prefix"], "--prefix"],
      [["kernel", "start"], "connection-file"],
      [["fit"], "runs"],
      [["run"], "notebook"],
      [["clean"], "notebooks"],
      [["clean", "x.ipynb"], "notebooks"],
      [["report", "-o", "out"], "notebooks"],
      [["runtime", "--prompt", "1", "--output", "2"], "profile"],
    ];
    for (const [args, name] of [...files, ...paths]) {
      for (const empty of ["", " "])
        await expect(isoflop(...args, empty), `${args}`).rejects.toThrow(new RegExp(`${name}.*is empty`));
    }
    for (const [args, name] of files) {
      for (const path of ["x/", "./", ".", "..", "a/..", at("a/."), "/", "x//"])
        await expect(isoflop(...args, path), path).rejects.toThrow(
          new RegExp(`${name}.*must be the path of a file`),
        );
    }
  });
});
