import { expect, test } from "vitest";
import { SendQueue } from "../../src/protocol/sendQueue.ts";

test("messages go one after the other, in order, also when a send waits", async () => {
  const sent: string[] = [];
  let sending = 0;
  const queue = new SendQueue({
    async send(frames) {
      expect(++sending).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
      sent.push(String(frames[0]));
      sending--;
    },
  });
  for (let i = 0; i < 20; i++) queue.push([Buffer.from(String(i))]);
  await queue.flushed();
  expect(sent).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
});

test("a send that fails does not hold up the next", async () => {
  const sent: string[] = [];
  const queue = new SendQueue({
    async send([frame]) {
      if (String(frame) === "bad") throw new Error("EAGAIN");
      sent.push(String(frame));
    },
  });
  queue.push([Buffer.from("bad")]);
  queue.push([Buffer.from("good")]);
  await queue.flushed();
  expect(sent).toEqual(["good"]);
});
