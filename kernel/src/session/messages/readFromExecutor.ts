import { isNestedDeeper } from "../../protocol/nesting.ts";
import {
  anything,
  describeFault,
  kindOf,
  listOf,
  object,
  objectOf,
  oneOf,
  optional,
  recordOf,
  type Schema,
  text,
  wholeNumber,
  yesOrNo,
} from "../../protocol/schemas/fields.ts";
import type { FromExecutor, FromWatchdog } from "./executorMessages.ts";

const cell = wholeNumber;
const bundle: Schema = { data: object, metadata: object };
const failure: Schema = { ename: text, evalue: text, traceback: listOf(text) };
const outcome = (whenOk: Schema) =>
  kindOf(
    "status",
    new Map([
      ["ok", whenOk],
      ["error", failure],
    ]),
  );

const fromExecutor = kindOf(
  "type",
  new Map(
    Object.entries<Schema>({
      ready: {},
      stream: { cell, name: oneOf("stdout", "stderr"), text },
      display: { cell, id: optional(anything), update: optional(yesOrNo), ...bundle },
      clear: { cell, wait: optional(anything) },
      result: { cell, ...bundle },
      failure: { cell, ...failure },
      input: { cell, question: wholeNumber, prompt: optional(anything), password: optional(anything) },
      done: { cell, outcome: outcome({}), userExpressions: recordOf(outcome(bundle)) },
      members: { id: wholeNumber, names: listOf(text) },
      comm: {
        cell,
        message: objectOf({
          type: oneOf("comm_open", "comm_msg", "comm_close"),
          comm_id: text,
          target_name: optional(text),
          data: optional(anything),
          metadata: optional(object),
          buffers: optional(listOf(text)),
        }),
      },
    }),
  ),
);

const fromWatchdog = kindOf(
  "type",
  new Map(
    Object.entries<Schema>({
      reply: { id: wholeNumber, result: optional(anything), error: optional(text) },
      event: { method: text, params: object },
      loading: { cell },
    }),
  ),
);

/** What a cell hands over as it is: a fault in it is the cell's, and costs only that output. */
const outputs = new Set(["display", "result", "comm"]);

/** Deeper than this Jupyter's clients, written in Python, cannot read. */
const deepest = 500;

/** A message to obey, or what is wrong with it; `isFatal`: who sends such a thing cannot be understood any more. */
export type Reading<T> = { message: T } | { fault: string; isFatal: boolean };

/** Checks what came over the executor's pipe: a cell can write there, and patch what writes there. */
export function readFromExecutor(value: unknown, json: Buffer): Reading<FromExecutor> {
  const fault = describeFault("the message", fromExecutor, value);
  const type = (value as { type?: string } | null)?.type ?? "";
  if (fault) return { fault, isFatal: !outputs.has(type) };
  const message = value as FromExecutor;
  const isTooDeep = type !== "stream" && isNestedDeeper(json, deepest);
  if (isTooDeep && outputs.has(type))
    return { fault: `it is nested more than ${deepest} deep`, isFatal: false };
  if (message.type === "done" && isTooDeep) return { message: { ...message, userExpressions: {} } };
  if (message.type === "input") {
    const { prompt, password } = message as { prompt?: unknown; password?: unknown };
    const asked = typeof prompt === "string" ? prompt : prompt == null ? "" : JSON.stringify(prompt);
    return { message: { ...message, prompt: asked, password: password === true } };
  }
  if (message.type === "clear") return { message: { ...message, wait: Boolean(message.wait) } };
  return { message };
}

export function readFromWatchdog(value: unknown): Reading<FromWatchdog> {
  const fault = describeFault("the message", fromWatchdog, value);
  return fault ? { fault, isFatal: true } : { message: value as FromWatchdog };
}
