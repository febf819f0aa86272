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
