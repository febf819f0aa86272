import { expect, test } from "vitest";
import { readFromExecutor, readFromWatchdog } from "../../../src/session/messages/readFromExecutor.ts";

const failure = { ename: "E", evalue: "e", traceback: ["t"] };
const bundle = { data: { "text/plain": "1" }, metadata: {} };
const right: Record<string, unknown>[] = [
  { type: "ready" },
  { type: "stream", cell: 1, name: "stdout", text: "x" },
  { type: "display", cell: 1, id: "a", update: false, ...bundle },
  { type: "clear", cell: 1, wait: true },
  { type: "result", cell: 1, ...bundle },
  { type: "failure", cell: 1, ...failure },
  { type: "input", cell: 1, question: 1, prompt: "?", password: false },
  { type: "done", cell: 1, outcome: { status: "ok" }, userExpressions: {} },
  {
    type: "done",
    cell: 1,
    outcome: { status: "error", ...failure },
    userExpressions: { a: { status: "ok", ...bundle }, b: { status: "error", ...failure } },
  },
  { type: "members", id: 1, names: ["a"] },
  { type: "comm", cell: 1, message: { type: "comm_msg", comm_id: "c", data: 5, buffers: ["AA=="] } },
];
const read = (value: unknown) => readFromExecutor(value, Buffer.from(JSON.stringify(value) ?? ""));

test("each right message is obeyed as it is", () => {
  for (const message of right) expect(read(message)).toEqual({ message });
});

test("a wrong value in any field costs that output, or the channel where the cell would wait for ever", () => {
  const lenient = new Set(["id", "wait", "prompt", "password", "update"]);
  let tries = 0;
  for (const message of right) {
    for (const name of Object.keys(message)) {
      if (lenient.has(name) && message.type !== "members") continue;
      for (const value of [null, 5.5, "no", [], [5], { status: "maybe" }, { status: "error" }, true]) {
        if (name === "text" && typeof value === "string") continue;
        if (typeof message[name] === "object" && JSON.stringify(message[name]) === JSON.stringify(value))
          continue;
        // Free objects: any MIME type, any name.
        if (
          (name === "data" || name === "metadata") &&
          typeof value === "object" &&
          value &&
          !Array.isArray(value)
        )
          continue;
        if ((name === "ename" || name === "evalue") && typeof value === "string") continue;
        if ((name === "names" || name === "traceback") && Array.isArray(value) && value.length === 0)
          continue;
        const reading = read({ ...message, [name]: value });
        tries++;
        expect(reading, JSON.stringify({ ...message, [name]: value })).toHaveProperty("fault");
        const isOutput = ["display", "result", "comm"].includes(message.type as string) && name !== "type";
        if (name !== "type") expect(reading).toHaveProperty("isFatal", !isOutput);
      }
    }
  }
  expect(tries).toBeGreaterThan(150);
});

test.each([5, null, [], "x", {}, { type: 5 }, { type: "constructor" }, { type: "__proto__" }])(
  "%j is no message",
  (value) => {
    expect(read(value)).toMatchObject({ isFatal: true });
    expect(readFromWatchdog(value)).toMatchObject({ isFatal: true });
  },
);

test("a question may be no text, and a waiting clear no boolean", () => {
  expect(read({ type: "input", cell: 1, question: 1, prompt: { a: 1 } })).toEqual({
    message: { type: "input", cell: 1, question: 1, prompt: '{"a":1}', password: false },
  });
  expect(read({ type: "clear", cell: 1, wait: "yes" })).toEqual({
    message: { type: "clear", cell: 1, wait: true },
  });
});

test("an output that no client can read is not passed on; the end of a cell always is", () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 700; depth++) deep = [deep];
  expect(read({ type: "display", cell: 1, data: { a: deep }, metadata: {} })).toMatchObject({
    isFatal: false,
  });
  const expressions = { a: { status: "ok", data: { a: deep }, metadata: {} } };
  expect(read({ type: "done", cell: 1, outcome: { status: "ok" }, userExpressions: expressions })).toEqual({
    message: { type: "done", cell: 1, outcome: { status: "ok" }, userExpressions: {} },
  });
});
