import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameParser } from "../../src/protocol/zmtp/FrameParser.ts";
import { encodeMessage } from "../../src/protocol/zmtp/frames.ts";

const frames = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 3 }),
    fc.integer({ min: 250, max: 260 }).map((n) => new Uint8Array(n)),
  ),
  { minLength: 1, maxLength: 20 },
);

test("however the bytes are cut into pieces, the same frames come out", () => {
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (sent, cuts) => {
      const bytes = Buffer.concat(encodeMessage(sent));
      const parser = new FrameParser();
      const got: Buffer[] = [];
      for (let at = 0, cut = 0; at < bytes.length; cut++) {
        const end = at + (cuts[cut % cuts.length] as number);
        parser.push(bytes.subarray(at, end));
        at = end;
        for (const { body, hasMore, isCommand } of parser.frames(() => 1000)) {
          got.push(body);
          expect([hasMore, isCommand]).toEqual([got.length < sent.length, false]);
        }
      }
      expect(got.map((each) => [...each])).toEqual(sent.map((each) => [...each]));
      expect(parser.held).toBe(0);
    }),
  );
});

test("a frame in 100,000 pieces is put together once", () => {
  const parser = new FrameParser();
  const bytes = Buffer.concat(encodeMessage([Buffer.alloc(1e6, 7)]));
  let found = 0;
  for (let at = 0; at < bytes.length; at += 10) {
    parser.push(bytes.subarray(at, at + 10));
    for (const { body } of parser.frames(() => 1e6)) found = body.length;
  }
  expect(found).toBe(1e6);
  expect(parser.held).toBe(0);
});

test("a frame longer than allowed is refused before it has come", () => {
  for (const [head, says] of [
    ["020000000000000065", "a frame of 101 bytes; at most 100"],
    ["00ff", "a frame of 255 bytes; at most 100"],
    ["02ffffffffffffffff", "a frame of 18446744073709552000 bytes"],
    ["0801", "flags 8"],
  ] as const) {
    const parser = new FrameParser();
    parser.push(Buffer.from(head, "hex"));
    expect(() => [...parser.frames(() => 100)]).toThrow(says);
  }
});
