import type { Command } from "commander";
import { afterEach, describe, expect, test, vi } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { isWrongUse } from "../../src/cli/options/UsageError.ts";
import { withoutHelpOfNothing } from "../../src/cli/options/unknownCommand.ts";
import { createProgram } from "../../src/cli/program.ts";

afterEach(() => vi.unstubAllEnvs());

async function call(line: string) {
  const args = line === "" ? [] : (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
  const program = await createProgram({ version: "1.2.3", commands, args });
  let [out, err] = ["", ""];
  const capture = (command: Command) => {
    command.configureOutput({ writeOut: (text) => (out += text), writeErr: (text) => (err += text) });
    command.commands.forEach(capture);
  };
  capture(program);
  let error: unknown;
  try {
    await program.parseAsync(withoutHelpOfNothing(program, args), { from: "user" });
  } catch (thrown) {
    error = thrown;
  }
  return { error, out, err: `${err}${error instanceof Error ? error.message : ""}` };
}

test.each<[string, string]>([
  ["nosuch", "unknown command 'nosuch'"],
  ["nosuch --help", "unknown command 'nosuch'"],
  ["--help nosuch", "unknown command 'nosuch'"],
  ["nosuch -h extra", "unknown command 'nosuch'"],
  ["help nosuch", "unknown command 'nosuch'"],
  ["help nosuch deeper", "unknown command 'nosuch'"],
  ["-q nosuch", "unknown command 'nosuch'"],
  ["fits", "Did you mean fit?"],
  ["rum --help", "Did you mean run?"],
  ["kernel", "Usage: isoflop kernel"],
  ["kernel nosuch", "unknown command 'nosuch'"],
  ["kernel nosuch -h", "unknown command 'nosuch'"],
  ["kernel instal --help", "Did you mean install?"],
  ["help kernel nosuch", "unknown command 'nosuch'"],
  ["kernel help nosuch", "unknown command 'nosuch'"],
  ["--nope", "unknown option '--nope'"],
  ["fit --nope nowhere.csv", "(isoflop fit --help shows how it is used)"],
  ["kernel install --nope", "(isoflop kernel install --help shows how it is used)"],
  ["fit", "missing required argument 'runs'"],
  ["plan --flops", "argument missing"],
  ["plan --flops abc", "It must be a plain number > 0"],
  ["plan", "give the budget once"],
  ["plan --flops 1e20 --gpu-hours 3 --accelerator h100-sxm", "give the budget once"],
  ["plan --gpu-hours 3 --accelerator abacus", 'accelerator "abacus" is unknown'],
  ["plan --flops 1e22 --over-train 2 --inference-tokens 1e9", "give one"],
  ["plan --flops 1e22 --gpus 8", "need an accelerator"],
  ["plan --flops 1e22 extra", "too many arguments"],
  ["laws extra", "too many arguments"],
  ["run", "missing required argument 'notebook'"],
  ["run a.ipynb b.ipynb", "too many arguments"],
  ["run a.ipynb --timeout soon", "a number of seconds above 0"],
  ["run a.ipynb -o folder/", "this is one of a folder"],
  ['run ""', "It must be a path, and it is empty"],
  ["report a.ipynb", "required option '-o, --output <folder>' not specified"],
  ["report a.ipynb -o x -j 0", "whole number from 1"],
  ["clean", "missing required argument 'notebooks'"],
  ["sample", "required option '--counts <files...>' not specified"],
  ["sample --counts nowhere.csv --k 0", "whole numbers of at least 1"],
  ["runtime nowhere.csv --prompt 0 --output 1", "a whole number of at least 1"],
  ["datasets describe", "missing required argument 'name'"],
  ["datasets describe chinchila_figure4", "Did you mean chinchilla_figure4?"],
  ["datasets describe chinchilla_figure4 --rows -1", "an integer >= 0"],
  ["datasets export nosuch", 'no table is called "nosuch"'],
  ["datasets export tts_flops -o a.xlsx", "a.xlsx has no name that tells its kind"],
  ["datasets export tts_flops --format xlsx", "--format must be csv, tsv, json, jsonl or parquet"],
  ["datasets export tts_flops -o folder/", "this is one of a folder"],
  ["datasets export tts_flops tts_frontier", "too many arguments"],
  ["convert a.ipynb", "missing required argument 'output'"],
  ["convert a.ipynb b.ipynb", "a.ipynb is a notebook already"],
  ["convert a.ts folder/", "this is one of a folder"],
  ["convert a.ts - --to xml", "--to must be ts, js or ipynb"],
  ["kernel install --user --sys-prefix", "cannot be used with"],
  ["kernel start", "missing required argument"],
  ["fit nowhere.csv --law nope", "no law is called nope"],
  ["fit nowhere.csv --law powerLaw(loss)", "on both sides"],
  ["fit nowhere.csv --loss nope", "--loss must be squared"],
  ["fit nowhere.csv --bootstrap -1", "an integer >= 0"],
  ["fit nowhere.csv --level 2", "between 0 and 1"],
  ["fit nowhere.csv --map x", "--map"],
  ["fit nowhere.csv --fix E", "--fix takes NAME=NUMBER"],
  ["fit nowhere.csv --fix E=1,E=2", "--fix gives E twice"],
  ["fit nowhere.csv --fix Q=1", "fixed names Q, but chinchilla has"],
  ["fit nowhere.csv --holdout flops", '--holdout: "flops" is no condition'],
  ["fit nowhere.csv --plan 1e24", "--plan takes"],
  ["fit nowhere.csv --law powerLaw(flops) --plan flops=1e24", "--plan needs a law in nParams and nTokens"],
  ["fit nowhere.csv --seed 1 --seed 2", "given twice"],
  ["fit nowhere.csv ./nowhere.csv nowhere.csv", "is given twice"],
  ["fit -", "add --format csv"],
  ["fit - - --format csv", "is given twice"],
  ["fit nowhere.csv --format xlsx", "--format must be csv, tsv, json, jsonl, parquet or tfevents"],
  ["runtime - --prompt 1 --output 1", "add --format csv"],
  ["sample --counts -", "add --format csv"],
])("isoflop %s is a wrong use, and says why", async (line, message) => {
  const { error, out, err } = await call(line);
  expect(isWrongUse(error)).toBe(true);
  expect(out).toBe("");
  expect(err).toContain(message);
});

test.each([
  "report . -o -",
  "fit runs.csv --save -",
  "fit runs.csv --report -",
  "plan --flops 1e20 --report -",
])("isoflop %s does not write a file called -", async (line) => {
  const { error, err } = await call(line);
  expect(isWrongUse(error)).toBe(true);
  expect(err).toContain("- would be standard output");
});

test.each([
  "fit nowhere.csv",
  "fit 'none/*.csv'",
  "run nowhere.ipynb",
  "plan --flops 1e20 --law nowhere.json",
  "report nowhere -o x",
  "sample --counts nowhere.csv",
  "runtime nowhere.csv --prompt 1 --output 1",
  "datasets elephants",
])("isoflop %s is none: what is missing is a file", async (line) => {
  const { error } = await call(line);
  expect(error).toBeInstanceOf(Error);
  expect(isWrongUse(error)).toBe(false);
});

/** Every command and those below it, by the words that call it. */
async function everyCommand(): Promise<string[]> {
  const found: string[] = [""];
  for (const { name } of commands) {
    const program = await createProgram({ version: "0", commands, args: [name] });
    const walk = (words: string, command: Command) => {
      found.push(words);
      for (const below of command.commands) walk(`${words} ${below.name()}`, below);
    };
    walk(name, program.commands.find((command) => command.name() === name)!);
  }
  return found;
}

describe("every help", () => {
  test("has an example, and is the same by whatever words it is asked for", async () => {
    for (const words of await everyCommand()) {
      const { error, out, err } = await call(`${words} --help`.trim());
      expect(isWrongUse(error), words).toBe(false);
      expect(err.replace("(outputHelp)", ""), words).toBe("");
      expect(out, words).toMatch(/\nExamples:\n {2}\S/);
      expect(out, words).toContain(`isoflop ${words}`.trim());
      expect((await call(`help ${words}`.trim())).out, words).toBe(out);
      expect((await call(`${words} -h`.trim())).out, words).toBe(out);
    }
  });

  test.each([40, 60, 80, 120])("fits into %i columns", async (width) => {
    vi.stubEnv("COLUMNS", String(width));
    for (const words of await everyCommand()) {
      const { out } = await call(`${words} --help`.trim());
      const wide = out.split("\n").filter((line) => line.length > width);
      // The first line, and a word, are as long as they are.
      expect(
        wide.filter((line) => !line.startsWith("Usage: ") && /\S \S/.test(line.trim())),
        words,
      ).toEqual([]);
    }
  });

  test("tells commands that go on in another line so that a shell reads them as one", async () => {
    vi.stubEnv("COLUMNS", "40");
    const { out } = await call("plan --help");
    expect(out).toContain("  isoflop plan --usd 2e6 --days 60 \\\n    --accelerator h100-sxm \\\n");
  });
});
