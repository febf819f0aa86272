import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Heartbeat } from "../../dist/protocol/heartbeat.js";
import { somePort } from "./zmtpByHand.ts";

const zeromq = fileURLToPath(import.meta.resolve("zeromq"));
const client = (port: number, file: string) => `
const { writeFileSync } = require("node:fs");
const { Request, Dealer } = require(${JSON.stringify(zeromq)});
const net = require("node:net");
(async () => {
  const requests = [[""], ["x"], ["a", "b", "c"], ["y".repeat(1e5)], ["", "", ""]];
  for (let i = 0; i < 60; i++) {
    const socket = net.connect(${port}, "127.0.0.1");
    socket.on("error", () => {}).on("data", () => {});
    socket.write(Buffer.from([i % 5, ...Array.from({ length: i * 7 }, (_, n) => (n * 31 * i) % 256)]));
  }
  for (const Kind of [Request, Dealer]) {
    for (const frames of requests) {
      const socket = new Kind({ linger: 0, receiveTimeout: 3000 });
      socket.connect("tcp://127.0.0.1:${port}");
      await socket.send(frames);
      const echo = (await socket.receive()).map(String);
      if (JSON.stringify(echo) !== JSON.stringify(frames)) throw new Error("echo " + JSON.stringify(echo));
      socket.close();
    }
  }
  return "all echoed";
})().catch(String).then((text) => {
  writeFileSync(${JSON.stringify(file)}, text);
  process.exit();
});
`;

test("every request comes back, whatever its frames, beside 60 rude connections and while JavaScript is busy", async () => {
  const port = somePort();
  const heartbeat = new Heartbeat();
  await heartbeat.bind(`tcp://127.0.0.1:${port}`);
  const folder = mkdtempSync(join(tmpdir(), "heartbeat-"));
  const file = join(folder, "said");
  const child = spawn(process.execPath, ["-e", client(port, file)], { stdio: "inherit" });
  // This thread is blocked until the client is through: its event loop does not turn once.
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; !existsSync(file) && waited < 30_000; waited += 50) Atomics.wait(clock, 0, 0, 50);
  expect(existsSync(file)).toBe(true);
  await once(child, "exit");
  expect(readFileSync(file, "utf8")).toBe("all echoed");
  rmSync(folder, { recursive: true });
  await heartbeat.close();
});

test("an address that is taken is told", async () => {
  const at = `tcp://127.0.0.1:${somePort()}`;
  const first = new Heartbeat();
  await first.bind(at);
  const second = new Heartbeat();
  await expect(second.bind(at)).rejects.toThrow(/in use/i);
  await second.close();
  await first.close();
});
