import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createConnection } from "../../kernel/dist/notebook/ConnectionInfo.js";
import { KernelClient } from "../../kernel/dist/notebook/KernelClient.js";
import { WireMessages } from "./wireMessages.js";

const { Dealer } = createRequire(new URL("../../kernel/package.json", import.meta.url))("zeromq");
const server = fileURLToPath(new URL("../../kernel/dist/server/main.js", import.meta.url));

/**
 * How much the server may grow after the first quarter. V8's heap finds its size in the first 10,000 messages and then
 * varies by some 20 MB; what the kernel keeps of each message is 21 bytes, to know it again. A leak of 1 kB a message
 * would be 37 MB in 50,000.
 */
const growthBytes = 40e6;
const honestEvery = 200;

/**
 * Sends wrong messages to all five sockets of a kernel, and right cells in between. Returns what went wrong, in
 * sentences (none: good), and what was done.
 */
export async function wire({ tries = 50_000, seed = 1, log = () => {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "wire-"));
  const connection = await createConnection();
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const child = spawn(process.execPath, [server, file], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  let ended;
  child.stderr.setEncoding("utf8").on("data", (text) => (said = (said + text).slice(-20_000)));
  child.once(
    "exit",
    (code, signal) =>
      (ended = `the kernel ended (${signal ?? code}) at ${new Date().toISOString()}: ${said.slice(-1000)}`),
  );
  const target = new Target(connection);
  const messages = new WireMessages(seed, connection.key);
  const faults = [];
  const counts = {};
  let warm;
  try {
    for (let cells = 0; cells < 20; cells++) await target.honest(cells, 60);
    for (let n = 0; n < tries && !ended && faults.length < 10; n++) {
      const each = messages.next();
      counts[each.sort] = (counts[each.sort] ?? 0) + 1;
      await target.send(each, messages);
      if (n % honestEvery === 0) {
        faults.push(...target.takeFaults());
        faults.push(...(await target.honest(n, 30)));
        faults.push(...(await target.beat()));
      }
      if (n === Math.floor(tries / 4)) warm = residentBytes(child.pid);
      if (n % 5000 === 0)
        log(`${n} messages, ${megabytes(residentBytes(child.pid))}, ${faults.length} faults`);
    }
    if (!ended) {
      faults.push(...(await target.honest(tries, 60)), ...(await target.settle()));
      const [before, after] = [warm, residentBytes(child.pid)];
      log(
        `${tries} messages from seed ${seed}: ${megabytes(before)} after a quarter, ${megabytes(after)} at the end`,
      );
      const grown = after - before;
      if (grown > growthBytes) {
        faults.push(`the kernel grew by ${megabytes(grown)}, more than ${megabytes(growthBytes)}`);
      }
    }
  } finally {
    target.close();
    if (ended) faults.push(ended);
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 5000);
    if (!ended) await new Promise((resolve) => child.once("exit", resolve));
    clearTimeout(late);
    rmSync(folder, { recursive: true, force: true });
  }
  return { faults, counts, said };
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;

/** 0 for a process that is gone. */
function residentBytes(pid) {
  try {
    return 1024 * Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return 0;
  }
}

/** A kernel's five sockets, with an honest client, an enemy that has the key and one that has not. */
class Target {
  #connection;
  #honest;
  #knowing = {};
  #strangers = {};
  #heartbeat;
  #tcp = [];
  #expected = new Map();
  #faults = [];
  #results = new Map();

  constructor(connection) {
    this.#connection = connection;
    this.#honest = new KernelClient(connection);
    this.#honest.onPublished = ({ header, parent_header, content }) => {
      if (header.msg_type === "execute_result")
        this.#results.set(parent_header.msg_id, content.data["text/plain"]);
      if (parent_header.msg_id?.startsWith?.("stranger"))
        this.#faults.push(`an unsigned message was obeyed: ${header.msg_type}`);
    };
    for (const channel of ["shell", "control", "stdin"]) {
      this.#knowing[channel] = this.#dealer(channel);
      this.#strangers[channel] = this.#dealer(channel);
      void this.#hear(this.#knowing[channel], (frames) => this.#onReply(frames));
      void this.#hear(this.#strangers[channel], (frames) => {
        this.#faults.push(
          `an unsigned message was answered on ${channel}: ${frames.at(-1).toString().slice(0, 100)}`,
        );
      });
    }
    this.#heartbeat = this.#dealer("hb");
    void this.#hear(this.#heartbeat, () => {}); // ZeroMQ sends no more for whoever does not read
  }

  #dealer(channel) {
    const socket = new Dealer({ linger: 0, sendTimeout: 20_000 });
    socket.connect(`tcp://127.0.0.1:${this.#connection[`${channel}_port`]}`);
    return socket;
  }

  async #hear(socket, onFrames) {
    while (!socket.closed) {
      const frames = await socket.receive().catch(() => undefined);
      if (frames) onFrames(frames);
    }
  }

  #onReply(frames) {
    const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
    const [header, parent, , content] = frames.slice(at + 2).map((frame) => JSON.parse(frame.toString()));
    const wanted = this.#expected.get(parent.msg_id);
    if (wanted === undefined) return;
    this.#expected.delete(parent.msg_id);
    if (header.msg_type !== wanted || content.status !== "error" || !content.evalue) {
      this.#faults.push(`for ${wanted} came ${header.msg_type}: ${JSON.stringify(content).slice(0, 200)}`);
    }
  }

  async send({ sort, frames, id, reply, bytes }, messages) {
    if (sort === "tcp") return this.#sendBytes(bytes, messages);
    if (frames.length === 0) return;
    if (sort === "heartbeat") return this.#deliver(this.#heartbeat, "heartbeat", frames);
    const sockets = sort === "unsigned" || sort === "no message" ? this.#strangers : this.#knowing;
    const channel = messages.pick(reply ? ["shell", "control"] : ["shell", "control", "stdin"]);
    if (reply) this.#expected.set(id, reply);
    await this.#deliver(sockets[channel], channel, frames);
  }

  async #deliver(socket, channel, frames) {
    const refused = await socket.send(frames).then(
      () => undefined,
      (error) => error,
    );
    if (refused) this.#faults.push(`${channel} took no message for 20 s (${refused.message})`);
  }

  /** Sixty connections stay open at any time. */
  async #sendBytes(bytes, messages) {
    const channel = messages.pick(["shell", "control", "stdin", "iopub", "hb"]);
    const socket = connect(this.#connection[`${channel}_port`], "127.0.0.1");
    socket.on("error", () => {});
    socket.on("data", () => {});
    socket.write(bytes);
    this.#tcp.push(socket);
    if (this.#tcp.length > 60) this.#tcp.shift().destroy();
  }

  /** A right cell in between must have the right answer. */
  async honest(n, seconds) {
    let id;
    const asked = this.#honest.request(
      "shell",
      "execute_request",
      { code: `${n} * ${n} + 1` },
      (sent) => (id = sent),
    );
    const reply = await Promise.race([asked, delay(1000 * seconds, undefined, { ref: false })]);
    if (!reply) return [`cell ${n} was not answered within ${seconds} s`];
    for (let waited = 0; waited < 2000 && !this.#results.has(id); waited += 5) await delay(5);
    const result = this.#results.get(id);
    this.#results.delete(id);
    const isRight = reply.content.status === "ok" && result === String(n * n + 1);
    return isRight
      ? []
      : [`cell ${n} was answered with ${JSON.stringify(reply.content).slice(0, 200)} and ${result}`];
  }

  async beat() {
    const socket = this.#dealer("hb");
    try {
      await socket.send([Buffer.from("beat")]);
      const echo = await Promise.race([socket.receive(), delay(5000, undefined, { ref: false })]);
      return echo?.toString() === "beat" ? [] : ["no heartbeat within 5 s"];
    } finally {
      socket.close();
    }
  }

  /** What was wrong meanwhile. */
  takeFaults() {
    return this.#faults.splice(0);
  }

  /** Waits for what is still to be answered. */
  async settle() {
    for (let waited = 0; waited < 10_000 && this.#expected.size > 0; waited += 50) await delay(50);
    const missing = [...this.#expected.values()];
    if (missing.length > 0)
      this.#faults.push(`${missing.length} wrong requests were not answered: ${missing[0]}`);
    return this.#faults;
  }

  close() {
    this.#honest.close();
    for (const socket of [
      ...Object.values(this.#knowing),
      ...Object.values(this.#strangers),
      this.#heartbeat,
    ])
      socket.close();
    for (const socket of this.#tcp) socket.destroy();
  }
}
