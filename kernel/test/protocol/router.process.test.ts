import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { Dealer, Request, Router as ZmqRouter } from "zeromq";
import { Router } from "../../src/protocol/zmtp/Router.ts";
import { greeting, ready, somePort, until } from "./zmtpByHand.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const bounds = {
  connections: 5000,
  frameBytes: 2 ** 20,
  frames: 100,
  messageBytes: 2 ** 21,
  unfinishedBytes: 2 ** 22,
  waitingBytes: 2 ** 20,
};

/** A router that answers what it hears, unless told otherwise. */
async function router({ at = `tcp://127.0.0.1:${somePort()}`, answer = true, given = bounds } = {}) {
  const made = new Router(given);
  await made.bind(at);
  open.push(made);
  const heard: Uint8Array[][] = [];
  const refusals: string[] = [];
  const losses: number[] = [];
  made.listen({
    onMessage: (frames) => {
      heard.push(frames);
      if (answer) made.send(frames);
    },
    onRefusal: (why) => void refusals.push(why),
    onLoss: (bytes) => void losses.push(bytes),
  });
  return { router: made, at, port: Number(at.split(":").at(-1)), heard, refusals, losses };
}

/** ZeroMQ's own client: an independent speaker of the protocol. */
function dealer(at: string, options = {}) {
  const socket = new Dealer({ linger: 0, ...options });
  socket.connect(at);
  open.push(socket);
  return socket;
}

function byHand(port: number, ...first: Buffer[]): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {}).on("data", () => {});
  socket.write(Buffer.concat([greeting, ready("DEALER"), ...first]));
  open.push({ close: () => socket.destroy() });
  return socket;
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once("close", () => resolve()));
const plain = (frames: readonly Uint8Array[]) => frames.map((each) => Buffer.from(each));

test.each(["tcp", "ipc"])(
  "ZeroMQ's clients are heard and answered, over %s, whatever they send",
  async (transport) => {
    const path = join(tmpdir(), `isoflop-router-${process.pid}`);
    const { at } = await router(transport === "ipc" ? { at: `ipc://${path}` } : {});
    const socket = dealer(at);
    const messages = [
      [0],
      [1],
      [0, 0, 0],
      [255],
      [256],
      [65_535, 65_536, 65_537],
      [2 ** 20],
      Array(99).fill(7),
    ];
    for (const sizes of messages) {
      const frames = sizes.map((size: number, n: number) => Buffer.alloc(size, n + 1));
      await socket.send(frames);
      const got = plain(await socket.receive());
      expect(got.map((frame, n) => frame.equals(frames[n] as Buffer))).toEqual(frames.map(() => true));
    }
    const request = new Request({ linger: 0 });
    request.connect(at);
    open.push(request);
    await request.send(["a", "b"]);
    expect(String(await request.receive())).toBe("a,b");
    rmSync(path, { force: true });
  },
);

test("each client gets its own answers, named or not, and a ROUTER is a client, too", async () => {
  const { at, router: made } = await router();
  const clients = Array.from({ length: 30 }, (_, n) => dealer(at, n % 2 ? { routingId: `client ${n}` } : {}));
  await Promise.all(
    clients.map(async (client, n) => {
      for (let k = 0; k < 20; k++) await client.send(`${n}/${k}`);
      for (let k = 0; k < 20; k++) expect(String(await client.receive())).toBe(`${n}/${k}`);
    }),
  );
  made.send([Buffer.from("client 7"), Buffer.from("unasked")]);
  expect(String(await clients[7]?.receive())).toBe("unasked");
  made.send([Buffer.from("nobody"), Buffer.from("lost")]);
  made.send([]);
});

test("of two clients of one name the one that spoke last is answered, and the other again when that one leaves", async () => {
  const { at, router: made, heard } = await router({ answer: false });
  const [first, second] = [dealer(at, { routingId: "twin" }), dealer(at, { routingId: "twin" })];
  await second.send("here");
  await until(() => heard.length === 1);
  await first.send("from the first");
  await until(() => heard.length === 2);
  made.send([Buffer.from("twin"), Buffer.from("1")]);
  expect(String(await first.receive())).toBe("1");
  await second.send("from the second");
  await until(() => heard.length === 3);
  made.send([Buffer.from("twin"), Buffer.from("2")]);
  expect(String(await second.receive())).toBe("2");
  second.close();
  await delay(100);
  made.send([Buffer.from("twin"), Buffer.from("3")]);
  expect(String(await first.receive())).toBe("3");
});

test("a message of a million frames, or of too many bytes, is passed over at the cost of none", async () => {
  const { at, port, refusals, heard } = await router();
  const honest = dealer(at);
  const before = process.memoryUsage.rss();
  const socket = byHand(
    port,
    Buffer.from("\x01\x00".repeat(1e6), "latin1"),
    Buffer.from("\x00\x01x", "latin1"),
  );
  await until(() => refusals.length === 1);
  expect(refusals[0]).toBe("more than 100 frames");
  for (let n = 0; n < 5; n++)
    socket.write(
      Buffer.concat([Buffer.from([n < 4 ? 3 : 2, 0, 0, 0, 0, 0, 8, 0, 0]), Buffer.alloc(2 ** 19)]),
    );
  await until(() => refusals.length === 2);
  expect(refusals[1]).toBe(`a message of more than ${2 ** 21} bytes`);
  socket.write("\x00\x05after"); // the connection goes on
  await until(() => heard.some((frames) => String(frames[1]) === "after"));
  expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
  await honest.send("still here");
  expect(String(await honest.receive())).toBe("still here");
});

test("a frame that announces too much ends its connection at once", async () => {
  const { port, refusals } = await router();
  for (const head of ["020000000000100001", "03ffffffffffffffff", "028000000000000000", "08ff"]) {
    await closed(byHand(port, Buffer.from(head, "hex"), Buffer.alloc(0)));
  }
  expect(refusals).toHaveLength(4);
  expect(refusals[0]).toMatch(/^connection ended: a frame of 1048577 bytes; at most 1048576/);
});

test("a byte that is kept does not keep what came with it, and a ping has an end", async () => {
  const { port, refusals } = await router();
  const socket = byHand(port);
  await delay(50);
  const before = process.memoryUsage.rss();
  const rest = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 15, 0xff, 0]), Buffer.alloc(0xfff00)]);
  for (let n = 0; n < 90; n++) {
    socket.write(Buffer.from([1, 1, 1])); // one byte of a message that goes on
    socket.write(Buffer.from([4, 7, 4, 80, 73, 78, 71, 0, 0])); // PING
    if (n % 45 === 44) socket.write(Buffer.concat([rest]));
  }
  await delay(300);
  expect(process.memoryUsage.rss() - before).toBeLessThan(40e6);
  const pings = byHand(port, Buffer.from([6, 0, 0, 0, 0, 0, 0, 0x10, 1]));
  await closed(pings);
  expect(refusals.at(-1)).toBe("connection ended: a frame of 4097 bytes; at most 4096");
});

test("whoever pings and does not read costs next to nothing", async () => {
  const { at, port } = await router();
  const socket = byHand(port);
  socket.pause();
  await delay(50);
  const before = process.memoryUsage.rss();
  const ping = Buffer.concat([
    Buffer.from([6, 0, 0, 0, 0, 0, 0, 15, 0xa7, 4]),
    Buffer.from("PING\0\0"),
    Buffer.alloc(4000),
  ]);
  for (let n = 0; n < 5000; n++) socket.write(ping);
  await delay(500);
  expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
  const honest = dealer(at);
  await honest.send("still here");
  expect(String(await honest.receive())).toBe("still here");
});

test("a thousand connections with half a message each are bounded, and close in no time", async () => {
  const { at, port, refusals } = await router();
  const half = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0x20, 0]), Buffer.alloc(8000)]);
  const sockets = Array.from({ length: 1000 }, () => byHand(port, half));
  await until(() => refusals.length >= 450, 10_000);
  const honest = dealer(at);
  await honest.send(Buffer.alloc(2 ** 20));
  expect((await honest.receive())[0]?.byteLength).toBe(2 ** 20);
  const began = performance.now();
  for (const socket of sockets) socket.destroy();
  await honest.send("still here");
  expect(String(await honest.receive())).toBe("still here");
  expect(performance.now() - began).toBeLessThan(3000);
});

test("a message in a hundred thousand pieces costs what it weighs", async () => {
  const { port, heard } = await router({ answer: false });
  const socket = byHand(port);
  socket.setNoDelay(true);
  await delay(50);
  socket.write(Buffer.from([2, 0, 0, 0, 0, 0, 0, 0x27, 0x10]));
  for (let n = 0; n < 10_000; n++) {
    socket.write("x");
    if (n % 100 === 0) await delay(0);
  }
  await until(() => heard.length === 1);
  expect(heard[0]?.[1]?.byteLength).toBe(10_000);
});

test("no host, a file that is no socket, a socket in use and too long a path are refused in a plain line", async () => {
  const bind = (at: string) => new Router(bounds).bind(at);
  await expect(bind("tcp://:5555")).rejects.toThrow("no host to listen on");
  const folder = mkdtempSync(join(tmpdir(), "isoflop-ipc-"));
  writeFileSync(join(folder, "file"), "mine");
  await expect(bind(`ipc://${join(folder, "file")}`)).rejects.toThrow("no socket");
  await expect(bind(`ipc://${folder}`)).rejects.toThrow("no socket");
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("mine");
  await expect(bind(`ipc://${join(folder, "x".repeat(150))}`)).rejects.toThrow("103 bytes");
  const { at } = await router({ at: `ipc://${join(folder, "s")}` });
  await expect(bind(at)).rejects.toThrow("already in use");
  const socket = dealer(at);
  await socket.send("still here");
  expect(String(await socket.receive())).toBe("still here");
  rmSync(folder, { recursive: true });
});

test("messages that begin and do not end are bounded, however many connections send them", async () => {
  const { at, port, refusals } = await router();
  const honest = dealer(at);
  const half = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0x10, 0, 0]), Buffer.alloc(2 ** 20 - 1)]);
  const whole = Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 0, 0x10, 0, 0]), Buffer.alloc(2 ** 20)]);
  const sockets = Array.from({ length: 20 }, () => byHand(port, whole, half));
  await until(() => refusals.length >= 17);
  expect(new Set(refusals)).toEqual(
    new Set(["connection ended: too many bytes of messages that do not end"]),
  );
  expect(sockets.length - refusals.length).toBeGreaterThanOrEqual(1);
  await honest.send(Buffer.alloc(2 ** 20, 1));
  expect(Buffer.from((await honest.receive())[0] as Uint8Array).length).toBe(2 ** 20);
});

test("while four connections send tiny messages without an end, everybody else is heard", async () => {
  const { at, port } = await router({ answer: false });
  const echo = await router();
  const flood = `
    const net = require("node:net");
    const first = Buffer.from("${Buffer.concat([greeting, ready("DEALER")]).toString("hex")}", "hex");
    const tiny = Buffer.alloc(2 ** 20);
    for (let n = 0; n < 4; n++) {
      const socket = net.connect(Number(process.argv[1]), "127.0.0.1");
      const more = () => { while (socket.write(tiny)); };
      socket.on("error", () => {}).on("data", () => {}).on("drain", more).write(first);
      more();
    }`;
  const child = spawn(process.execPath, ["-e", flood, String(port)]);
  open.push({ close: () => child.kill("SIGKILL") });
  await delay(1500);
  const honest = dealer(echo.at); // it shares the thread with those
  const beside = dealer(at);
  let slowest = 0;
  for (let n = 0; n < 10; n++) {
    const began = performance.now();
    await beside.send("unanswered");
    await honest.send("still here");
    expect(String(await honest.receive())).toBe("still here");
    slowest = Math.max(slowest, performance.now() - began);
  }
  expect(slowest).toBeLessThan(2000);
});

test("a client that does not read its answers costs a bounded queue", async () => {
  const { at, port, losses } = await router();
  const honest = dealer(at);
  const stalled = byHand(port);
  stalled.pause();
  const message = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 1, 0, 0]), Buffer.alloc(65_536)]);
  for (let n = 0; n < 300; n++) stalled.write(message);
  await until(() => losses.length > 100, 10_000);
  await honest.send("still here");
  expect(String(await honest.receive())).toBe("still here");
});

test("what speaks another protocol, or is no client, is let go, and disturbs nobody", async () => {
  const { at, port } = await router();
  const honest = dealer(at);
  const rude = [
    Buffer.alloc(64),
    Buffer.alloc(64, 0xff),
    Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: everything that is here\r\n\r\n"),
    Buffer.concat([greeting, Buffer.from("noise without end")]),
    Buffer.concat([greeting, ready("SUB")]),
    Buffer.concat([greeting, ready("DEALER"), Buffer.from([0x40, 1, 1])]),
    Buffer.concat([greeting, ready("DEALER"), Buffer.from([4, 6]), Buffer.from("\x05ERROR")]),
    Buffer.concat([greeting, Buffer.from([4, 200]), Buffer.alloc(200, 9)]),
    Buffer.concat([greeting, Buffer.from([2, 0, 0, 0, 0, 0, 16, 0, 1])]),
  ];
  await Promise.all(
    rude.map((bytes) => {
      const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
      socket.on("error", () => {}).on("data", () => {});
      return closed(socket);
    }),
  );
  const other = new ZmqRouter({ linger: 0 }); // of an unknown name, so it says nothing, and is no trouble either
  other.connect(at);
  open.push(other);
  await honest.send("still here");
  expect(String(await honest.receive())).toBe("still here");
});

test("what was said before it closed still arrives", async () => {
  const { at, router: made } = await router();
  const socket = dealer(at);
  await socket.send(Buffer.alloc(900_000, 5));
  await delay(100);
  await made.close();
  expect((await socket.receive())[0]?.byteLength).toBe(900_000);
});
