import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeFrame, FrameReader } from "../../../src/session/messages/frames.ts";

test("frames come out whole and in order however the pipe cuts them", () => {
  const values = fc.array(fc.record({ type: fc.string(), text: fc.string({ unit: "grapheme" }) }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(values, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (frames, sizes) => {
      const bytes = Buffer.concat(frames.map(encodeFrame));
      const read: unknown[] = [];
      const reader = new FrameReader((frame) => read.push(frame));
      for (let at = 0; at < bytes.length; ) {
        const size = sizes.next().value as number;
        reader.push(bytes.subarray(at, at + size));
        at += size;
      }
      expect(read).toEqual(frames);
    }),
    { seed: 2, numRuns: 100 },
  );
});

test("what is no frame breaks the reader, and it obeys nothing that follows", () => {
  const frame = encodeFrame({ type: "ready" });
  const head = frame.subarray(0, 4);
  const noise = [
    Buffer.from("x"),
    Buffer.from("\n\n\n\n"),
    Buffer.alloc(9),
    Buffer.alloc(9, 0xff),
    Buffer.from('{"type":"ready"}'),
    frame.subarray(1),
    frame.subarray(0, 5),
    Buffer.concat([head, Buffer.from([255, 255, 255, 255])]),
    Buffer.concat([head, Buffer.from([1, 0, 0, 0, 0x7b])]),
    Buffer.concat([head, Buffer.from([0, 0, 0, 0])]),
  ];
  for (const bytes of noise) {
    for (const size of [1, 3, 1000]) {
      const read: unknown[] = [];
      const faults: string[] = [];
      const reader = new FrameReader(
        (each) => read.push(each),
        (why) => faults.push(why),
      );
      const sent = Buffer.concat([frame, bytes, frame, frame]);
      for (let at = 0; at < sent.length; at += size) reader.push(sent.subarray(at, at + size));
      expect(read).toEqual([{ type: "ready" }]);
      expect(faults.length).toBe(1);
    }
  }
});
