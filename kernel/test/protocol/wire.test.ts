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

  test("only the 64 digits of the signature are its signature, in no other length, case or encoding", () => {
    const frames = new Wire(key).encode(message());
    const right = String(frames[2]);
    const others = [
      Buffer.alloc(64, 0xff),
      Buffer.alloc(64),
      Buffer.from(right.toUpperCase()),
      Buffer.from(right, "hex"),
      Buffer.from(right, "utf16le"),
      Buffer.from(` ${right.slice(1)}`),
      Buffer.from(`${right}\n`),
      Buffer.from(`é${right.slice(2)}`),
      Buffer.from(`\ufeff${right}`),
      ...Array.from({ length: 64 }, (_, length) => Buffer.from(right.slice(0, length))),
      ...Array.from({ length: 64 }, (_, at) => {
        const changed = Buffer.from(right);
        changed[at] = (changed[at] as number) ^ 1;
        return changed;
      }),
      ...Array.from({ length: 256 }, (_, byte) => Buffer.alloc(64, byte)),
    ];
    const wire = new Wire(key);
    for (const other of others) expect(() => wire.decode(frames.with(2, other))).toThrow(WireError);
    expect(wire.decode(frames).content).toEqual(message().content);
  });

  test("what is nested in a header is left out, so that answers can carry it", () => {
    const signed = (header: string, content = "{}") => {
      const parts = [header, "{}", "{}", content].map((part) => Buffer.from(part));
      const hmac = createHmac("sha256", key);
      for (const part of parts) hmac.update(part);
      return [Buffer.from("<IDS|MSG>"), Buffer.from(hmac.digest("hex")), ...parts];
    };
    const deep = "[".repeat(10_000) + "]".repeat(10_000);
    const wire = new Wire(key);
    const { header } = wire.decode(
      signed(
        `{"msg_id":"a","msg_type":"b","session":5,"__proto__":{"x":1},"deep":${deep},"subshell_id":null}`,
      ),
    );
    expect(JSON.stringify(header)).toBe('{"msg_id":"a","msg_type":"b","session":5,"subshell_id":null}');
    const { fault, content } = wire.decode(signed('{"msg_id":"b","msg_type":"b"}', `{"a":${deep}}`));
    expect(fault).toContain("more than 1000 deep");
    expect(content).toEqual({});
    const long = "x".repeat(70_000);
    expect(() => wire.decode(signed(`{"msg_id":"c","msg_type":"b","long":"${long}"}`))).toThrow(
      "header of 7",
    );
    expect(() => wire.decode(signed("[".repeat(1e5)))).toThrow(WireError);
    for (const header of ["{}", '{"msg_id":5,"msg_type":"x"}', '{"msg_id":"x","msg_type":["x"]}']) {
      expect(() => wire.decode(signed(header))).toThrow("lacks msg_type or msg_id");
    }
  });

  test("a message that is not UTF-8 is refused", () => {
    const frames = new Wire("").encode(message());
    expect(() => new Wire("").decode(frames.with(6, Buffer.from('{"a":"\xff"}', "latin1")))).toThrow("UTF-8");
  });

  test("no half of a surrogate pair is written, whatever part it stands in", () => {
    const half = "😀".slice(0, 1);
    const sent = { ...message(), content: { [half]: [half] }, metadata: { a: half } };
    const frames = new Wire(key).encode({ ...sent, parent: { ...sent.header, username: half } });
    const read = new Wire(key).decode(frames);
    expect(read.content).toEqual({ "\ufffd": ["\ufffd"] });
    expect(read.parent).toMatchObject({ username: "\ufffd" });
    for (const frame of frames.slice(3, 7)) expect(Buffer.from(frame).toString()).not.toMatch(/\\ud/);
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
