import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Message, makeHeader } from "../../src/protocol/message.ts";
import { Wire, WireError } from "../../src/protocol/wire.ts";

const key = "a key";
const message = (): Message => ({
  identities: [Buffer.from("client")],
  header: makeHeader("session", "execute_request"),
  parent: {},
  metadata: {},
  content: { code: "1 + 1 // é 😀" },
  buffers: [Uint8Array.of(1, 2, 250)],
});

describe("Wire", () => {
  test("a message read back is the one that was written, with identities and buffers", () => {
    const sent = message();
    const read = new Wire(key).decode(new Wire(key).encode(sent));
    expect(read.header).toEqual(sent.header);
    expect(read.content).toEqual(sent.content);
    expect(read.identities.map(String)).toEqual(["client"]);
    expect([...(read.buffers[0] as Uint8Array)]).toEqual([1, 2, 250]);
  });

  test("the signature is the HMAC of the four parts in hexadecimal, as the protocol defines it", () => {
    const [, , signature, ...parts] = new Wire(key).encode(message());
    const hmac = createHmac("sha256", key);
    for (const part of parts.slice(0, 4)) hmac.update(part);
    expect(String(signature)).toBe(hmac.digest("hex"));
  });

  test("without a key messages are not signed and are taken as they come", () => {
    const frames = new Wire("").encode(message());
    expect(String(frames[2])).toBe("");
    expect(new Wire("").decode(frames).header.msg_type).toBe("execute_request");
  });

  test.each([
    ["a changed content", (frames: Uint8Array[]) => frames.with(6, Buffer.from('{"code":"evil"}'))],
    ["a forged signature", (frames: Uint8Array[]) => frames.with(2, Buffer.alloc(64, "0"))],
    ["an empty signature", (frames: Uint8Array[]) => frames.with(2, Buffer.alloc(0))],
    ["no delimiter", (frames: Uint8Array[]) => frames.toSpliced(1, 1)],
    ["missing frames", (frames: Uint8Array[]) => frames.slice(0, 5)],
    ["no frames", () => []],
  ])("%s is refused", (_, spoil) => {
    const frames = spoil(new Wire(key).encode(message()));
    expect(() => new Wire(key).decode(frames)).toThrow(WireError);
  });

  test("the same message twice is refused as a replay", () => {
    const wire = new Wire(key);
    const frames = wire.encode(message());
    wire.decode(frames);
    expect(() => wire.decode(frames)).toThrow("signature seen before");
  });

  test.each(["{", "[]", "null", "5"])("a part that is %s is refused", (text) => {
    const frames = new Wire("").encode(message()).with(6, Buffer.from(text));
    expect(() => new Wire("").decode(frames)).toThrow(WireError);
  });
});
