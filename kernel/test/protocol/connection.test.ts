import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readConnection } from "../../src/protocol/connection.ts";
import { parseArguments } from "../../src/server/parseArguments.ts";

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
  expect(parseArguments(["f"])).toEqual({ file: "f", cwd: undefined, allowsEmptyKey: false });
  expect(parseArguments(["f", "--cwd", "d", "--allow-empty-key"])).toEqual({
    file: "f",
    cwd: "d",
    allowsEmptyKey: true,
  });
  expect(parseArguments(["--help"])).toMatchObject({
    isFault: false,
    say: expect.stringContaining("--allow-empty-key"),
  });
  for (const args of [[], ["a", "b"], ["f", "--x"], ["f", "--cwd"]]) {
    expect(parseArguments(args)).toMatchObject({ isFault: true, say: expect.stringContaining("usage") });
  }
});
