import {
  describeFault,
  object,
  optional,
  recordOf,
  type Schema,
  text,
  wholeNumber,
  yesOrNo,
} from "./fields.ts";

// https://jupyter-client.readthedocs.io/en/stable/messaging.html, version 5.4. What the kernel has a default for may be
// missing, as older clients leave it out.

const position: Schema = { code: text, cursor_pos: optional(wholeNumber) };

const comm: Schema = { comm_id: text, data: optional(object), metadata: optional(object) };

/** The content of every message that a client sends, by type. */
const requests = new Map(
  Object.entries<Schema>({
    execute_request: {
      code: text,
      silent: optional(yesOrNo),
      store_history: optional(yesOrNo),
      user_expressions: optional(recordOf(text)),
      allow_stdin: optional(yesOrNo),
      stop_on_error: optional(yesOrNo),
    },
    complete_request: position,
    inspect_request: { ...position, detail_level: optional(wholeNumber) },
    is_complete_request: { code: text },
    history_request: {
      hist_access_type: text,
      output: optional(yesOrNo),
      raw: optional(yesOrNo),
      session: optional(wholeNumber),
      start: optional(wholeNumber),
      stop: optional(wholeNumber),
      n: optional(wholeNumber),
      pattern: optional(text),
      unique: optional(yesOrNo),
    },
    comm_info_request: { target_name: optional(text) },
    kernel_info_request: {},
    interrupt_request: {},
    shutdown_request: { restart: optional(yesOrNo) },
    debug_request: {
      type: optional(text),
      seq: optional(wholeNumber),
      command: text,
      arguments: optional(object),
    },
    comm_open: { ...comm, target_name: text },
    comm_msg: comm,
    comm_close: comm,
    input_reply: { value: text },
  }),
);

/** A sentence that says which field of a message's content is wrong; types that the kernel does not know pass. */
export function faultOfRequest(type: string, content: unknown): string | undefined {
  const schema = requests.get(type);
  // A client that could not ask has no value to send.
  if (type === "input_reply" && (content as { status?: unknown } | null)?.status === "error")
    return undefined;
  return schema && describeFault(`${type}: content`, schema, content);
}
