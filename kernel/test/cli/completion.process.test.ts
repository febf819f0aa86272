import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const isoflop = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "completion-"));
const scriptOf = (shell: string) => join(folder, shell);
beforeAll(() => {
  for (const shell of ["bash", "zsh", "fish"])
    writeFileSync(scriptOf(shell), execFileSync(process.execPath, [isoflop, "completion", shell]));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a shell offers behind `isoflop` and these words, the last of which is being typed. */
const offers: Record<string, (words: string[]) => string[]> = {
  bash: (words) =>
    run("bash", [
      "--norc",
      "-c",
      `source "$0"; COMP_WORDS=(isoflop "$@"); COMP_CWORD=$#; _isoflop; printf '%s\\n' "\${COMPREPLY[@]}"`,
      scriptOf("bash"),
      ...words,
    ]),
  // The functions of zsh's own system say what they were given.
  zsh: (words) =>
    run("zsh", [
      "-f",
      "-c",
      `compdef() {}; _files() { }; _describe() { print -l -- \${(P)2} }; compadd() { print -l -- \${(P)2} }
       source "$0"; words=(isoflop "$@"); CURRENT=$#words; _isoflop`,
      scriptOf("zsh"),
      ...words,
    ])
      .map((line) => line.split(/(?<!\\\\):/)[0]!)
      .filter((word) => word.startsWith(words.at(-1)!)),
  fish: (words) =>
    run("fish", [
      "--no-config",
      "-c",
      'source $argv[1]; complete -C "isoflop $argv[2]"',
      scriptOf("fish"),
      words.join(" "),
    ]).map((line) => line.split("\t")[0]!),
};

function run(shell: string, args: string[]): string[] {
  const text = execFileSync(shell, args, {
    encoding: "utf8",
    cwd: folder,
    env: { ...process.env, HOME: folder },
  });
  return text.split("\n").filter(Boolean);
}

describe.each(["bash", "zsh", "fish"])("%s completes", (shell) => {
  const offered = (...words: string[]) => offers[shell]!(words).toSorted();

  it("commands", () => {
    expect(offered("")).toEqual(
      expect.arrayContaining(["fit", "kernel", "plan", "report", "run", "version"]),
    );
    expect(offered("r")).toEqual(["report", "run", "runtime"]);
    expect(offered("kernel", "in")).toEqual(["install"]);
  });

  it("the options of the command that is named, wherever they stand", () => {
    expect(offered("fit", "runs.csv", "--boot")).toEqual(["--bootstrap"]);
    expect(offered("plan", "--fl")).toEqual(["--flops"]);
    expect(offered("plan", "--boot")).toEqual([]);
    expect(offered("kernel", "install", "--f")).toEqual(["--force"]);
  });

  it("the words that an option or an argument takes", () => {
    expect(offered("fit", "--format", "")).toEqual(["csv", "json", "jsonl", "parquet", "tfevents", "tsv"]);
    expect(offered("completion", "")).toEqual(["bash", "fish", "zsh"]);
    expect(offered("convert", "a.ipynb", "-", "--to", "")).toEqual(["ipynb", "js", "ts"]);
    expect(offered("datasets", "export", "chinch")).toEqual(["chinchilla_figure4"]);
    expect(offered("datasets", "export", "chinchilla_figure4", "--format", "p")).toEqual(["parquet"]);
    expect(offered("cost", "serve", "--preset", "")).toEqual(["ideal", "measured"]);
    expect(offered("cost", "serve", "--perc")).toEqual(["--percentiles"]);
    expect(offered("cost", "search", "--objective", "t")).toEqual([
      "tokens",
      "tokens-per-device",
      "tpot",
      "ttft",
    ]);
  });

  it("names of the catalogue, which an option takes among others", () => {
    expect(offered("cost", "calibrate", "--accelerator", "h100-s")).toEqual(["h100-sxm-80gb"]);
    expect(offered("cost", "serve", "--model", "DeepSeek-V3")).toContain("DeepSeek-V3");
    expect(offered("cost", "serve", "--engine", "v")).toEqual(["vllm"]);
  });
});

it("a shell that is not known is named, and ends with 2", () => {
  const failed = () => execFileSync(process.execPath, [isoflop, "completion", "tcsh"], { stdio: "pipe" });
  expect(failed).toThrow(
    expect.objectContaining({ status: 2, message: expect.stringContaining("bash, zsh, fish") }),
  );
});
