import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readConnection } from "../../src/protocol/connection.ts";
import { describeIgnored, parseArguments } from "../../src/server/parseArguments.ts";

const folder = mkdtempSync(join(tmpdir(), "connection-"));
const file = join(folder, "connection.json");
afterAll(() => rmSync(folder, { recursive: true }));

const right = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 1,
  control_port: 2,
  iopub_port: 3,
  stdin_port: 4,
  hb_port: 5,
  key: "k",
  signature_scheme: "hmac-sha256",
};
const reading = (value: unknown, options = {}) => {
  writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
  return () => readConnection(file, options);
};

test("a right file is read; without transport, address and scheme it means Jupyter's own", () => {
  expect(reading(right)()).toEqual(right);
  const { transport, ip, signature_scheme, ...rest } = right;
  expect(reading(rest)()).toEqual(right);
});

test.each([undefined, ""])("key %j is refused, with the way out, unless it is meant", (key) => {
  expect(reading({ ...right, key })).toThrow(/has no key.*could run code.*--allow-empty-key/);
  expect(reading({ ...right, key }, { needsKey: false })().key).toBe("");
});

test.each([
  ["{", "not JSON"],
  ["[]", "shell_port"],
  ["5", "not a JSON object"],
  ["null", "not a JSON object"],
  [{ ...right, shell_port: "1" }, 'shell_port must be a port number, got "1"'],
  [{ ...right, hb_port: undefined }, "hb_port"],
  [{ ...right, key: 5 }, "key must be text, got 5"],
  [{ ...right, key: {} }, "key must be text, got {}"],
  [{ ...right, ip: 7 }, "ip must be text, got 7"],
  [{ ...right, ip: "" }, 'ip must say where to listen, as a rule "127.0.0.1", got ""'],
  [{ ...right, transport: "udp" }, 'transport must be tcp or ipc, got "udp"'],
  [{ ...right, signature_scheme: "rot13" }, "unknown signature_scheme rot13"],
])("%j is refused", (value, reason) => {
  expect(reading(value)).toThrow(reason);
});

test("the command line: a file, a folder, and leave to start without a key", () => {
  expect(parseArguments(["f"])).toEqual({ file: "f", allowsEmptyKey: false, ignored: [] });
  expect(parseArguments(["f", "--cwd", "d", "--allow-empty-key"])).toEqual({
    file: "f",
    cwd: "d",
    allowsEmptyKey: true,
    ignored: [],
  });
  expect(parseArguments(["--help"])).toMatchObject({
    isFault: false,
    say: expect.stringContaining("--allow-empty-key"),
  });
  for (const args of [
    [],
    ["--x"],
    ["f", "--cwd"],
    ["f", "--check"],
    ["f", "--check", "maybe"],
    ["f", "--cwd="],
    ["f", "--allow-empty-key=no"],
  ]) {
    expect(parseArguments(args)).toMatchObject({ isFault: true, say: expect.stringContaining("usage") });
  }
});

test.each<[string[], string[]]>([
  [["f", "a.ts"], ["a.ts"]],
  [
    ["f", "a.ts", "b.ts", "--matplotlib=inline", "-x", "--debug"],
    ["a.ts", "b.ts", "--matplotlib=inline", "-x", "--debug"],
  ],
  [
    ["--ZMQTerminalInteractiveShell.x=1", "f", "--", "--cwd"],
    ["--ZMQTerminalInteractiveShell.x=1", "--", "--cwd"],
  ],
  [
    ["f", "--constructor", "--__proto__=1", "-abc"],
    ["--constructor", "--__proto__=1", "-abc"],
  ],
  [
    ["f", "", "a b\n"],
    ["", "a b\n"],
  ],
])("what jupyter run and console hand on, %j, is passed over", (args, ignored) => {
  expect(parseArguments(args)).toMatchObject({ file: "f", ignored });
});

test("arguments that were passed over are told in one line", () => {
  expect(describeIgnored(["a.ts", "b\nc"])).toBe(
    'isoflop kernel: ignored what it does not know of its command line: "a.ts" "b\\nc"',
  );
  const many = describeIgnored(Array.from({ length: 1000 }, () => "x".repeat(1e4)));
  expect(many).toMatch(/^[^\n]{1,800} and 992 more$/);
});
