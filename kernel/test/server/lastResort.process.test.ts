import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createConnection } from "../../src/notebook/ConnectionInfo.ts";
import { KernelClient } from "../../src/notebook/KernelClient.ts";

const server = fileURLToPath(new URL("../../dist/server/main.js", import.meta.url));

/** Faults of every sort in the server's own process, a thousand of them, from half a second after the start on. */
const faults = `
import { EventEmitter } from "node:events";
const sorts = [
  () => { throw new Error("a fault 1"); },
  () => { throw undefined; },
  () => { throw { toString() { throw new Error("of its text"); } }; },
  () => { throw new Proxy({}, { get() { throw new Error("of a proxy"); } }); },
  () => void Promise.reject(new TypeError("a fault 2")),
  () => void Promise.reject(null),
  () => new EventEmitter().emit("error", new RangeError("a fault 3")),
  () => process.nextTick(() => { throw new Error("x".repeat(1e6)); }),
];
setTimeout(() => {
  let n = 0;
  const timer = setInterval(() => {
    if (++n > 1000) clearInterval(timer);
    sorts[n % sorts.length]();
  }, 1);
}, 500);
`;

test("what nobody caught in the server is reported a few times, also to the client, and the kernel goes on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "last-resort-"));
  const connection = await createConnection();
  writeFileSync(join(folder, "connection.json"), JSON.stringify(connection));
  writeFileSync(join(folder, "faults.mjs"), faults);
  const args = ["--import", join(folder, "faults.mjs"), server, join(folder, "connection.json")];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const client = new KernelClient(connection);
  let published = "";
  client.onPublished = ({ header, content }) => {
    if (header.msg_type === "stream") published += content.text;
  };
  try {
    const until = Date.now() + 4000;
    for (let n = 0; Date.now() < until; n++) {
      const { content } = await client.request("shell", "execute_request", { code: `${n} + 1` });
      expect(content.status).toBe("ok");
    }
    expect(child.exitCode).toBe(null);
    expect(said).toContain("internal error, the kernel goes on");
    expect(said).toContain("a fault 1");
    expect(said.length).toBeLessThan(200_000);
    expect(published).toContain("internal error, the kernel goes on");
    await client.request("control", "shutdown_request", { restart: false });
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(0);
  } finally {
    child.kill("SIGKILL");
    client.close();
    rmSync(folder, { recursive: true });
  }
});
