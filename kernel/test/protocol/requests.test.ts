import { expect, test } from "vitest";
import { faultOfRequest } from "../../src/protocol/schemas/requests.ts";

const right: Record<string, Record<string, unknown>> = {
  execute_request: {
    code: "1",
    silent: false,
    store_history: true,
    user_expressions: { a: "1" },
    allow_stdin: true,
    stop_on_error: true,
  },
  complete_request: { code: "a", cursor_pos: 1 },
  inspect_request: { code: "a", cursor_pos: 1, detail_level: 0 },
  is_complete_request: { code: "a" },
  history_request: {
    hist_access_type: "range",
    output: false,
    raw: true,
    session: 0,
    start: 0,
    stop: 3,
    n: 5,
    pattern: "*",
    unique: false,
  },
  comm_info_request: { target_name: "a" },
  shutdown_request: { restart: false },
  debug_request: { type: "request", seq: 1, command: "initialize", arguments: {} },
  comm_open: { comm_id: "a", target_name: "b", data: {}, metadata: {} },
  comm_msg: { comm_id: "a", data: {} },
  comm_close: { comm_id: "a", data: {} },
  input_reply: { value: "a" },
};
const required = new Set(["code", "hist_access_type", "command", "comm_id", "value"]);
const values = [
  ["text", "x", "text"],
  ["true", true, "boolean"],
  ["the number 1.5", 1.5, "fraction"],
  ["the number 7", 7, "number"],
  ["a list of 2", [1, 2], "list"],
  ['an object ("toString")', { toString: "x" }, "object"],
] as const;
const kindOf = (value: unknown) =>
  typeof value === "object" ? "object" : typeof value === "string" ? "text" : typeof value;

const wrong = Object.entries(right).flatMap(([type, content]) =>
  Object.entries(content).flatMap(([name, value]) =>
    values
      .filter(
        ([, , kind]) =>
          kind !== kindOf(value) && !(type.startsWith("comm") && kind === "object" && name === "data"),
      )
      .filter(([, , kind]) => !(name === "user_expressions" && kind === "object"))
      .map(([shown, bad]) => ({ type, name, shown, content: { ...content, [name]: bad } })),
  ),
);

test("right contents pass, with more fields, without the optional ones, and with null for those", () => {
  for (const [type, content] of Object.entries(right)) {
    expect(faultOfRequest(type, content)).toBeUndefined();
    expect(faultOfRequest(type, { ...content, later: [{}], constructor: 5 })).toBeUndefined();
    for (const name of Object.keys(content)) {
      const { [name]: _, ...rest } = content;
      const isNeeded = required.has(name) || (type === "comm_open" && name === "target_name");
      for (const each of [rest, { ...content, [name]: null }]) {
        if (isNeeded) expect(faultOfRequest(type, each)).toContain(`${type}: content.${name} must be`);
        else expect(faultOfRequest(type, each)).toBeUndefined();
      }
    }
  }
});

test("each wrong value of each field is named, with its type and the type expected", () => {
  expect(wrong.length).toBeGreaterThan(150);
  for (const { type, name, shown, content } of wrong) {
    const fault = faultOfRequest(type, content);
    expect(fault, `${type} ${JSON.stringify(content)}`).toMatch(
      new RegExp(`^${type}: content\\.${name} must be (text|true or false|a whole number|an object.*), got `),
    );
    expect(fault).toContain(shown);
  }
});

test("a value's own methods are never asked", () => {
  const hostile = {
    toString: () => {
      throw new Error("asked");
    },
    toJSON: () => {
      throw new Error("asked");
    },
  };
  expect(faultOfRequest("execute_request", { code: hostile })).toContain("got an object");
  expect(faultOfRequest("execute_request", { code: "x", user_expressions: { a: hostile } })).toContain(
    'user_expressions["a"] must be text',
  );
});

test.each(["constructor", "__proto__", "toString", "x_request", ""])("type %j is not known here", (type) => {
  expect(faultOfRequest(type, { code: 5 })).toBeUndefined();
});
