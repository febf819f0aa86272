import { createHmac, randomBytes } from "node:crypto";

// What the wire fuzz sends: messages of every kind that is wrong, made from a seed.

/** A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const delimiter = Buffer.from("<IDS|MSG>");
const nested = (depth, open = "[", close = "]") => open.repeat(depth) + close.repeat(depth);

/** Each request with a content that is right, but for nothing that would end the kernel. */
const requests = {
  execute_request: {
    code: "1",
    silent: false,
    store_history: true,
    user_expressions: { a: "1" },
    allow_stdin: false,
    stop_on_error: false,
  },
  complete_request: { code: "Math.", cursor_pos: 5 },
  inspect_request: { code: "Math", cursor_pos: 2, detail_level: 0 },
  is_complete_request: { code: "{" },
  history_request: { hist_access_type: "search", pattern: "*a*b?", n: 3, output: true, unique: true },
  comm_info_request: { target_name: "x" },
  kernel_info_request: {},
  debug_request: { type: "request", seq: 1, command: "junk", arguments: {} },
  comm_open: { comm_id: "c", target_name: "t", data: {} },
  comm_msg: { comm_id: "c", data: {} },
  comm_close: { comm_id: "c", data: {} },
};
const types = Object.keys(requests);
const rightContent = (type) => JSON.stringify(Object.hasOwn(requests, type) ? requests[type] : { value: 5 });
const oddTypes = [
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "",
  "_request",
  "x_request",
  "input_reply",
];
/** Fields that may hold anything of their kind, or that are free. */
const wrongFor = {
  string: [null, 0, 1.5, true, [], ["a"], {}, { toString: "x" }, { __proto__: null, valueOf: 1 }],
  number: ["1", 1.5, 1e300, true, [], {}, "NaN"],
  boolean: ["yes", 0, 1, [], {}],
  object: ["x", 0, 1, true, [], [{}]],
};
const required = new Set(["code", "hist_access_type", "command", "comm_id"]);

/** The pieces of a kernel's enemy: `next()` gives what to do, `stranger` says whether it lacks the key. */
export class WireMessages {
  #random;
  #key;
  #count = 0;
  #sent = [];

  constructor(seed, key) {
    this.#random = seeded(seed);
    this.#key = key;
  }

  number(below) {
    return Math.floor(this.#random() * below);
  }

  pick(list) {
    return list[this.number(list.length)];
  }

  bytes(length) {
    return Buffer.from(Array.from({ length }, () => this.number(256)));
  }

  #header(type, prefix) {
    return {
      msg_id: `${prefix}-${this.#count++}`,
      session: "fuzz",
      username: "fuzz",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.4",
    };
  }

  #sign(parts) {
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  #frames(header, content, signature, others = ["{}", "{}"]) {
    const parts = [header, ...others, content].map((part) =>
      Buffer.isBuffer(part) ? part : Buffer.from(part),
    );
    return [delimiter, Buffer.from(signature ?? this.#sign(parts)), ...parts];
  }

  /** Right in everything but the signature. */
  unsigned() {
    const type = this.pick([...types, "shutdown_request", "interrupt_request"]);
    const header = JSON.stringify(this.#header(type, "stranger"));
    const content = rightContent(type);
    const right = this.#sign([header, "{}", "{}", content].map((part) => Buffer.from(part)));
    const signature = this.pick([
      Buffer.alloc(64, 0xff),
      Buffer.alloc(64),
      Buffer.alloc(0),
      Buffer.from("0".repeat(64)),
      Buffer.from(right.toUpperCase().replace(/^[0-9]*$/, "X")),
      Buffer.from(right, "hex"),
      Buffer.from(right, "utf16le"),
      Buffer.from(`${right}0`),
      Buffer.from(right.slice(0, 63)),
      Buffer.from(`é${right.slice(2)}`),
      Buffer.from(right.slice(0, 63) + (right[63] === "0" ? "1" : "0")),
      this.bytes(64),
      this.bytes(this.number(200)),
      randomBytes(1000),
    ]);
    return this.#frames(header, content, signature);
  }

  /** Signed rightly and wrong in one field; `id` and `reply` say what must come back. */
  wrongField() {
    const type = this.pick(types.filter((each) => Object.keys(requests[each]).length > 0));
    const right = requests[type];
    const name = this.pick(Object.keys(right));
    const kind = typeof right[name];
    let value = this.pick(wrongFor[kind]);
    if (value === null && !required.has(name)) value = 5;
    const header = this.#header(type, "signed");
    const content = { ...right, [name]: value, extra: this.pick([0, "x", [], nested(3)]) };
    const frames = this.#frames(JSON.stringify(header), JSON.stringify(content));
    const reply = type.endsWith("_request") ? type.replace("_request", "_reply") : undefined;
    return { frames, id: header.msg_id, reply };
  }

  /** Signed rightly, right in every field. */
  right() {
    const type = this.pick(types);
    const frames = this.#frames(JSON.stringify(this.#header(type, "signed")), JSON.stringify(requests[type]));
    if (this.#sent.length < 500) this.#sent.push(frames);
    return frames;
  }

  /** Signed rightly, and odd. */
  odd() {
    const header = this.#header(this.pick([...types, ...oddTypes]), "signed");
    const spoiled = this.pick([
      { ...header, msg_id: undefined },
      { ...header, msg_id: 5 },
      { ...header, msg_type: ["execute_request"] },
      { ...header, session: 5, username: [], date: {} },
      { ...header, date: this.pick(["never", 5, "9999-12-31T00:00:00Z", "-1"]) },
      { ...header, extra: "x".repeat(this.number(70_000)) },
      JSON.parse(`{"__proto__": {"x": 1}, "constructor": 5, ${JSON.stringify(header).slice(1)}`),
      header,
    ]);
    const text = JSON.stringify(spoiled);
    const deep = nested(this.pick([10, 900, 1100, 10_000]));
    const content = rightContent(header.msg_type);
    return this.pick([
      () => this.#frames(text, content),
      () => this.#frames(text.replace(/^\{/, `{"deep":${deep},`), content),
      () => this.#frames(text, `{"data":${deep},"comm_id":"c","target_name":${deep}}`),
      () => this.#frames(text, content, undefined, [`{"deep":${deep}}`, `{"deep":${deep}}`]),
      () => this.#frames(text, nested(20_000, '{"a":', "}").replace(":}", ":1}")),
      () => this.#frames(text, "[".repeat(this.number(50_000))),
      () =>
        this.#frames(
          text,
          this.pick(["5", "null", "[]", '"x"', "{", "", "{}x", '{"code":"\\ud83d","stop_on_error":false}']),
        ),
      () => this.#frames(text, this.bytes(this.number(100))),
      () => this.#frames(this.bytes(50), content),
      () => this.#frames(this.pick(["{}", "[]", "null", "7", nested(10_000)]), content),
    ])();
  }

  /** Sent before, as it was. */
  replayed() {
    return this.#sent.length > 0 ? this.pick(this.#sent) : this.right();
  }

  /** No message at all: frames too few, too many, in no order. */
  noMessage() {
    const frames = this.unsigned();
    return this.pick([
      () => [],
      () => frames.slice(0, this.number(frames.length)),
      () => frames.slice(1),
      () => [...frames.slice(1), delimiter],
      () => [delimiter, ...frames, delimiter, ...frames],
      () => [...Array.from({ length: this.number(50) }, () => this.bytes(this.number(20))), ...frames],
      () => [...frames, ...Array.from({ length: this.number(2000) }, () => Buffer.from("b"))],
      () => Array.from({ length: 1 + this.number(9) }, () => this.bytes(this.number(300))),
      () => Array.from({ length: 1 + this.number(9) }, () => Buffer.alloc(0)),
      () => [Buffer.alloc(this.pick([1000, 100_000, 1_000_000]), 0xff)],
    ])();
  }

  /** What comes over a plain TCP connection: noise, or ZeroMQ's protocol up to some point and then noise. */
  tcp() {
    const greeting = Buffer.alloc(64);
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, this.number(3)]);
    greeting.write("NULL", 12);
    const ready = (type) => {
      const body = Buffer.concat([
        Buffer.from("\x05READY\x0bSocket-Type\0\0\0"),
        Buffer.from([type.length]),
        Buffer.from(type),
      ]);
      return Buffer.concat([Buffer.from([4, body.length]), body]);
    };
    const noise = () => this.bytes(this.pick([1, 2, 9, 64, 200, 3000]));
    const open = () =>
      Buffer.concat([greeting, ready(this.pick(["SUB", "DEALER", "REQ", "XSUB", "PUB", "?"]))]);
    return this.pick([
      noise,
      () => Buffer.concat([Buffer.from([this.pick([0, 1, 2, 3, 127, 255])]), noise()]),
      () => greeting.subarray(0, this.number(65)),
      () => Buffer.concat([greeting, noise()]),
      () => Buffer.concat([open(), noise()]),
      () => Buffer.concat([open(), Buffer.from([0, 1, this.number(3)]), noise()]),
      () => Buffer.concat([open(), Buffer.from([2, 0, 0, 0, 0, 0x7f, 255, 255, 255]), noise()]),
      () => Buffer.concat([open(), Buffer.from([2, 255, 255, 255, 255, 255, 255, 255, 255]), noise()]),
      () => Buffer.concat([open(), Buffer.from([4, 10]), Buffer.from("\x04PING\0\0abcd"), noise()]),
      () => Buffer.concat([open(), Buffer.from([4, 12]), Buffer.from("\x09SUBSCRIBEab"), noise()]),
      () => Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    ])();
  }

  /** One of each sort, the commoner the more of it there is to try. */
  next() {
    const dice = this.#random();
    if (dice < 0.3) return { sort: "unsigned", frames: this.unsigned() };
    if (dice < 0.4) return { sort: "no message", frames: this.noMessage() };
    if (dice < 0.65) return { sort: "wrong field", ...this.wrongField() };
    if (dice < 0.8) return { sort: "odd", frames: this.odd() };
    if (dice < 0.88) return { sort: "right", frames: this.right() };
    if (dice < 0.93) return { sort: "replayed", frames: this.replayed() };
    if (dice < 0.96) return { sort: "heartbeat", frames: this.noMessage().slice(0, 50) };
    return { sort: "tcp", bytes: this.tcp() };
  }
}
