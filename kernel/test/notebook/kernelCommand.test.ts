import { expect, test } from "vitest";
import { parseKernelCommand } from "../../src/notebook/kernelCommand.ts";

test("words are split at blanks, quoted words stay whole", () => {
  expect(parseKernelCommand(`"/my programs/python" -m 'ipy kernel' -f {connection_file}`)).toEqual([
    "/my programs/python",
    "-m",
    "ipy kernel",
    "-f",
    "{connection_file}",
  ]);
});

test("a command that does not mention the connection file gets it at the end", () => {
  expect(parseKernelCommand("node kernel.js")).toEqual(["node", "kernel.js", "{connection_file}"]);
});

test("an empty command is refused with an example", () => {
  expect(() => parseKernelCommand(" ")).toThrow("--kernel needs a command, for example");
});
