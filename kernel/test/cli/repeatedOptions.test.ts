import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { isRepeatable } from "../../src/cli/options/repeatable.ts";
import { parseNumbers } from "../../src/cli/optionValues.ts";
import { createProgram } from "../../src/cli/program.ts";
import { parseMap } from "../../src/tables/chooseColumns.ts";

/** Every command and subcommand by the words that call it. */
async function everyCommand(): Promise<[string[], Command][]> {
  const found: [string[], Command][] = [];
  for (const { name } of commands) {
    const program = await createProgram({ version: "0", commands, args: [name] });
    const walk = (words: string[], command: Command) => {
      found.push([words, command]);
      for (const below of command.commands) walk([...words, below.name()], below);
    };
    walk([name], program.commands.find((command) => command.name() === name)!);
  }
  return found;
}

/** A value that the option's own parser takes. */
const values = ["1", "0.5", "3:0.7", "a"];

test("every option with a value, of every command, is refused when given twice", async () => {
  let options = 0;
  for (const [words, command] of await everyCommand()) {
    for (const option of command.options) {
      if (!(option.required || option.optional) || option.variadic || isRepeatable(option)) continue;
      const isValue = (one: string) => {
        try {
          return option.parseArg?.(one, undefined as never) !== null;
        } catch {
          return false;
        }
      };
      const value = [...(option.argChoices ?? []), ...values].find(isValue)!;
      const flag = option.long ?? option.short!;
      for (const args of [
        [...words, flag, value, flag, value],
        [...words, `${flag}=${value}`, "x", flag, value],
      ]) {
        const program = await createProgram({ version: "0", commands, args });
        let said = "";
        const quiet = (one: Command): void => {
          one.configureOutput({ writeErr: (text) => (said += text), writeOut: () => {} });
          one.commands.forEach(quiet);
        };
        quiet(program);
        await expect(program.parseAsync(args, { from: "user" })).rejects.toThrow(/is given twice/);
        expect(said).toContain(`option '${option.flags}' is given twice; it takes one value`);
      }
      options += 1;
    }
  }
  expect(options).toBeGreaterThan(25);
});

describe("a name twice in a list", () => {
  test.each(["loss=a,loss=b", "loss=a,nParams=n,loss=a", "nParams=a, nParams = b*1e9", "x=1,y=2,z=3,y=4"])(
    "--map %s",
    (text) => {
      expect(() => parseMap(text)).toThrow(/^--map gives (loss|nParams|y) twice; give it one column$/);
    },
  );
  test.each(["E=1,E=2", "E=1,A=2,E=1", "a=1, a =2", "flops=1,flops=1"])("--fix %s", (text) => {
    expect(() => parseNumbers("--fix", text)).toThrow(/^--fix gives (E|a|flops) twice; give it one value$/);
  });
  test("one column for two fields is no such thing", () => {
    expect(parseMap("nParams=a,nTokens=a")).toHaveLength(2);
  });
});
