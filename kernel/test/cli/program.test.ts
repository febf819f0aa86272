import type { Command } from "commander";
import { expect, test, vi } from "vitest";
import { createProgram } from "../../src/cli/program.ts";

function table() {
  const added: string[] = [];
  const entry = (name: string, summary: string) => ({
    name,
    summary,
    async add(program: Command) {
      added.push(name);
      program
        .command(name)
        .argument("<file>")
        .action(() => {});
    },
  });
  return { added, commands: [entry("run", "run a notebook"), entry("plan", "plan a training run")] };
}

test("the help lists every command and loads none", async () => {
  const { added, commands } = table();
  const program = await createProgram({ version: "1.2.3", commands, args: ["--help"] });
  const help = program.helpInformation();
  expect(help).toContain("run a notebook");
  expect(help).toContain("plan a training run");
  expect(added).toEqual([]);
});

test("only the command that is asked for is loaded, also for its help", async () => {
  for (const args of [
    ["plan", "x"],
    ["help", "plan"],
    ["plan", "--help"],
  ]) {
    const { added, commands } = table();
    await createProgram({ version: "1.2.3", commands, args });
    expect(added).toEqual(["plan"]);
  }
});

test("an unknown command is refused with the nearest name", async () => {
  const { commands } = table();
  const program = await createProgram({ version: "1.2.3", commands, args: ["plam"] });
  let message = "";
  program.exitOverride().configureOutput({ writeErr: (text) => (message += text) });
  await expect(program.parseAsync(["plam"], { from: "user" })).rejects.toThrow("unknown command");
  expect(message).toContain("Did you mean plan?");
});

test("version is a command, too", async () => {
  const program = await createProgram({ version: "1.2.3", commands: [], args: ["version"] });
  const write = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  await program.parseAsync(["version"], { from: "user" });
  expect(write.mock.calls).toEqual([["1.2.3\n"]]);
  write.mockRestore();
});
