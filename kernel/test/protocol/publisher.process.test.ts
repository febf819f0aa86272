import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { Subscriber as ZmqSubscriber } from "zeromq";
import { Publisher } from "../../src/protocol/zmtp/Publisher.ts";
import { greeting, ready, somePort, until } from "./zmtpByHand.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const missedText = (messages: number, bytes: number, cause: string | undefined) =>
  `missed ${messages} of ${bytes} bytes, last ${cause}`;

async function publisher(bounds = { bytes: 2 ** 20, essentialBytes: 2 ** 21 }) {
  const port = somePort();
  const losses: number[] = [];
  const subscribed: string[] = [];
  const made = new Publisher<string>(bounds, {
    onSubscribe: (topic) => void subscribed.push(topic.toString()),
    onMiss: () => {},
    onCaughtUp: ({ messages, bytes, cause }) => [
      Buffer.from("notice"),
      Buffer.from(missedText(messages, bytes, cause)),
    ],
    onLoss: ({ messages }) => void losses.push(messages),
  });
  await made.bind(`tcp://127.0.0.1:${port}`);
  open.push(made);
  return { publisher: made, port, losses, subscribed };
}

/** ZeroMQ's own subscriber: an independent reader of the protocol. */
function zmqSubscriber(port: number, topics = [""], options = {}) {
  const socket = new ZmqSubscriber({ linger: 0, receiveHighWaterMark: 0, ...options });
  socket.connect(`tcp://127.0.0.1:${port}`);
  socket.subscribe(...topics);
  open.push(socket);
  return socket;
}

const text = (frames: Uint8Array[]) => frames.map((each) => Buffer.from(each).toString()).join("|");

test("ZeroMQ's subscribers get what they subscribed to, whole and in order", async () => {
  const { publisher: made, port, subscribed } = await publisher();
  const all = zmqSubscriber(port);
  const some = zmqSubscriber(port, ["stream", "status.x"]);
  await until(() => subscribed.length === 3);
  const sizes = [0, 1, 200, 255, 256, 1000, 65_536, 65_537, 300_000, 1];
  for (const [n, size] of sizes.entries()) {
    made.publish([Buffer.from(n % 2 ? "stream.a" : "status"), Buffer.alloc(size, n)], false, "");
  }
  for (const [n, size] of sizes.entries()) {
    const [topic, body] = await all.receive();
    expect(String(topic)).toBe(n % 2 ? "stream.a" : "status");
    expect(body?.equals(Buffer.alloc(size, n))).toBe(true);
  }
  for (let n = 1; n < sizes.length; n += 2) {
    const [topic, body] = await some.receive();
    expect(String(topic)).toBe("stream.a");
    expect(body?.equals(Buffer.alloc(sizes[n] as number, n))).toBe(true);
  }
  some.unsubscribe("stream");
  await delay(200);
  made.publish([Buffer.from("stream.b"), Buffer.from("no")], false, "");
  made.publish([Buffer.from("status.x"), Buffer.from("yes")], false, "");
  expect(text(await some.receive())).toBe("status.x|yes");
});

test("who does not read costs a bounded queue, keeps the essential, and is told what it missed; others miss nothing", async () => {
  const bounds = { bytes: 2 ** 20, essentialBytes: 2 ** 21 };
  const { publisher: made, port, subscribed } = await publisher(bounds);
  const prompt = zmqSubscriber(port);
  const stalled = connect(port, "127.0.0.1"); // greets and subscribes by itself, so that nothing reads for it
  open.push({ close: () => stalled.destroy() });
  stalled.write(Buffer.concat([greeting, ready("SUB")]));
  stalled.write(Buffer.from([0, 1, 1]));
  await until(() => subscribed.length === 2);
  stalled.pause();
  const count = 400;
  const body = Buffer.alloc(100_000, "x");
  const heard: string[] = [];
  void (async () => {
    for await (const [topic] of prompt) heard.push(String(topic));
  })().catch(() => {});
  for (let n = 0; n < count; n++) {
    made.publish([Buffer.from("data"), body], false, `cell ${n}`);
    made.publish([Buffer.from("idle"), Buffer.from(String(n))], true, `cell ${n}`);
    await delay(1);
  }
  await until(() => heard.length === 2 * count);
  let received = Buffer.alloc(0);
  stalled.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
  });
  stalled.resume();
  await until(() => received.includes("notice"), 10_000);
  const idles = received.toString("latin1").split("idle").length - 1;
  const kept = received.toString("latin1").split("data").length - 1;
  expect(idles).toBe(count);
  expect(kept).toBeLessThan(count - 50);
  const missed = count - kept;
  expect(received.toString("latin1")).toContain(`missed ${missed} of ${missed * (body.length + 15)} bytes`);
  made.publish([Buffer.from("data"), Buffer.from("after")], false, "");
  await until(() => received.includes("after"));
});

test("a subscription said again is not greeted again, and topics are few and short", async () => {
  const { publisher: made, port, subscribed } = await publisher();
  const socket = connect(port, "127.0.0.1");
  open.push({ close: () => socket.destroy() });
  const subscribe = (topic: string) =>
    Buffer.from(`\0${String.fromCharCode(1 + topic.length)}\x01${topic}`, "latin1");
  socket.write(
    Buffer.concat([greeting, ready("SUB"), ...Array<Buffer>(1000).fill(subscribe("a")), subscribe("b")]),
  );
  await until(() => subscribed.length === 2);
  expect(subscribed).toEqual(["a", "b"]);
  const isLetGo = async (...rest: Buffer[]) => {
    const other = connect(port, "127.0.0.1");
    other.on("error", () => {}).on("data", () => {});
    other.write(Buffer.concat([greeting, ready("SUB"), ...rest]));
    await new Promise<void>((resolve) => other.once("close", () => resolve()));
  };
  await isLetGo(...Array.from({ length: 65 }, (_, n) => subscribe(`topic ${n}`)));
  await isLetGo(Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 1, 2, 1]), Buffer.alloc(257)]));
  await isLetGo(
    Buffer.concat([
      Buffer.from([6, 0, 0, 0, 0, 0, 0, 1, 11, 9]),
      Buffer.from("SUBSCRIBE"),
      Buffer.alloc(257),
    ]),
  );
  made.publish([Buffer.from("b"), Buffer.from("still here")], false, "");
});

test("many that do not read share what a few have", async () => {
  const missedOf = async (count: number) => {
    const bounds = { bytes: 2 ** 22, essentialBytes: 2 ** 22 };
    const { publisher: made, port, subscribed, losses } = await publisher(bounds);
    const stalled = Array.from({ length: count }, () => {
      const socket = connect(port, "127.0.0.1");
      open.push({ close: () => socket.destroy() });
      socket.on("error", () => {}).pause();
      socket.write(Buffer.concat([greeting, ready("SUB"), Buffer.from([0, 1, 1])]));
      return socket;
    });
    await until(() => subscribed.length === count);
    for (let n = 0; n < 400; n++) {
      made.publish([Buffer.from("data"), Buffer.alloc(100_000, n)], false, "");
      if (n % 20 === 0) await delay(5);
    }
    for (const socket of stalled) socket.destroy();
    await until(() => losses.length === count);
    return Math.min(...losses);
  };
  const alone = await missedOf(1);
  expect(alone).toBeGreaterThan(200);
  // An eighth of 42 messages instead of all of them.
  expect(await missedOf(32)).toBeGreaterThan(alone + 20);
});

test("what is no subscriber is let go, and disturbs nobody", async () => {
  const { publisher: made, port, subscribed } = await publisher();
  const honest = zmqSubscriber(port);
  await until(() => subscribed.length === 1);
  const rude = [
    Buffer.alloc(64),
    Buffer.alloc(64, 0xff),
    Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: everything that is here\r\n\r\n"),
    Buffer.concat([greeting, Buffer.from("noise without end")]),
    Buffer.concat([greeting, ready("REQ")]),
    Buffer.concat([greeting, ready("SUB"), Buffer.from([2, 0, 0, 0, 1, 0, 0, 0, 0])]),
    Buffer.concat([greeting, ready("SUB"), Buffer.from([0x40, 1, 1])]),
    Buffer.concat([greeting, ready("SUB"), Buffer.from([4, 6]), Buffer.from("\x05ERROR")]),
    Buffer.concat([greeting, Buffer.from("\x04\x0a\x05READY\xff\x01\x01\x01", "latin1")]),
  ];
  const ended = rude.map(
    (bytes) =>
      new Promise<void>((resolve) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
        socket
          .on("error", () => {})
          .on("data", () => {})
          .once("close", () => resolve());
      }),
  );
  await Promise.all(ended);
  made.publish([Buffer.from("a"), Buffer.from("still here")], false, "");
  expect(text(await honest.receive())).toBe("a|still here");
});
