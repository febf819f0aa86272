// Cells that take the names and the built-ins from under the kernel's feet: after each of them the next cell must give
// its answer, a throw must be reported rightly and older state must be there, or the reply must say that the session
// was replaced.
import { Notebook, shareOf } from "./driver.js";

/** What a cell does to a name; `answer` is what it must show. */
export const forms = {
  const: (name) => ({ code: `const ${name} = 'mine'; ${name}`, answer: "'mine'", later: "'mine'" }),
  let: (name) => ({ code: `let ${name} = 1; ${name} += 1; ${name}`, answer: "2", later: "2" }),
  var: (name) => ({ code: `if (true) { var ${name} = 3 }\n${name}`, answer: "3", later: "3" }),
  import: (name) => ({
    code: `import { sep as ${name} } from "node:path"; ${name}`,
    answer: "'/'",
    later: "'/'",
  }),
  default: (name) => ({ code: `import ${name} from "node:path"; ${name}.sep`, answer: "'/'" }),
  class: (name) => ({ code: `class ${name} { static own = 4 }\n${name}.own`, answer: "4" }),
  function: (name) => ({ code: `function ${name}() { return ${name}.own ?? 5 }\n${name}()`, answer: "5" }),
  pattern: (name) => ({ code: `const { a: [${name}] } = { a: [6] }; ${name}`, answer: "6", later: "6" }),
  closure: (name) => ({
    code: `let ${name} = 1; const next = () => ++${name}; next(); ${name}`,
    answer: "2",
    later: "2",
  }),
  using: (name) => ({ code: `using ${name} = null; ${name}`, answer: "null" }),
};

/** What a cell does to the global itself; it may fail (NaN cannot be assigned), what follows may not. */
export const attacks = {
  assign: (name) => `(globalThis as any).${name} = 5`,
  bare: (name) => `// @ts-nocheck\n${name} = 5`,
  null: (name) => `(globalThis as any).${name} = null`,
  delete: (name) => `delete (globalThis as any).${name}`,
  getter: (name) => `Object.defineProperty(globalThis, "${name}", { get() { throw 1 }, configurable: true })`,
};

/** Strict code declares neither; and TypeScript takes no class named `undefined`. */
const undeclarable = new Set(["eval", "arguments"]);
export const globalNames = [
  ...Object.getOwnPropertyNames(globalThis),
  ...[
    "display",
    "html",
    "input",
    "prompt",
    "require",
    "babelHelpers",
    "toString",
    "hasOwnProperty",
    "constructor",
    "window",
    "document",
    "module",
    "exports",
    "define",
  ],
].filter((name) => /^[\w$]+$/.test(name));

/** Built-ins whose methods are taken away, as expressions. */
const owners = [
  ...Object.getOwnPropertyNames(globalThis)
    .filter((name) => /^[A-Z]\w+$/.test(name) && !/^[A-Z_]+$/.test(name))
    .flatMap((name) => [name, `${name}.prototype`]),
  "JSON",
  "globalThis",
  "process",
  "console",
  "Reflect",
  "Intl",
  "Atomics",
  "Object.getPrototypeOf([][Symbol.iterator]())",
  "Object.getPrototypeOf(new Map().entries())",
  "Object.getPrototypeOf(''[Symbol.iterator]())",
  "Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))",
  "Object.getPrototypeOf(Int8Array)",
  "Object.getPrototypeOf(Int8Array).prototype",
  "Object.getPrototypeOf(async function () {})",
  "Object.getPrototypeOf(function* () {}).prototype",
  "Object.getPrototypeOf(/a/[Symbol.matchAll]('a'))",
  "Object.getPrototypeOf(setTimeout(() => {}, 0))",
  "Object.getPrototypeOf(setImmediate(() => {}))",
  ...[
    "events",
    "events.prototype",
    "stream.Stream.prototype",
    "stream.Readable.prototype",
    "stream.Writable.prototype",
    "stream.Duplex.prototype",
    "net.Socket.prototype",
    "net",
    "vm",
    "vm.Script.prototype",
    "async_hooks",
    "async_hooks.AsyncLocalStorage.prototype",
    "async_hooks.AsyncResource.prototype",
    "worker_threads",
    "worker_threads.MessagePort.prototype",
    "worker_threads.Worker.prototype",
    "fs",
    "path",
    "url",
    "util",
    "util.types",
    "module",
    "timers",
    "perf_hooks",
    "inspector",
    "inspector.Session.prototype",
    "string_decoder.StringDecoder.prototype",
    "child_process",
    "buffer",
  ].map((path) => path.replace(/^\w+/, (name) => `require("node:${name}")`)),
  'Object.getPrototypeOf(require("node:vm").Script.prototype)',
];

/** Every function of every owner that can be replaced: owner and key as expressions. */
export function listMethods(require) {
  return listMembers(
    require,
    ({ value, writable }, owner, key) =>
      typeof value === "function" && writable && (owner !== "globalThis" || !/^[A-Z]/.test(String(key))), // a name, not a method
  );
}

/** The properties that are computed, as `Map.prototype.size`. */
export function listGetters(require) {
  return listMembers(require, ({ get, configurable }) => get && configurable);
}

function listMembers(require, isWanted) {
  const found = [];
  const seen = new Set();
  for (const owner of owners) {
    let object;
    try {
      object = new Function("require", `return ${owner}`)(require);
    } catch {
      continue;
    }
    if (object === null || !/^(object|function)$/.test(typeof object) || seen.has(object)) continue;
    seen.add(object);
    for (const key of Reflect.ownKeys(object)) {
      if (!isWanted(Reflect.getOwnPropertyDescriptor(object, key), owner, key)) continue;
      found.push({ owner, key: keyExpression(object, key) });
    }
  }
  return found;
}

function keyExpression(object, key) {
  if (typeof key === "string") return JSON.stringify(key);
  const wellKnown = Object.getOwnPropertyNames(Symbol).find((name) => Symbol[name] === key);
  if (wellKnown) return `Symbol.${wellKnown}`;
  const at = Object.getOwnPropertySymbols(object).indexOf(key);
  return `Object.getOwnPropertySymbols(o)[${at}]`;
}

export const replacements = { "does nothing": "() => {}", throws: "() => { throw 1 }" };

/** The worst of the known: they silenced or killed the kernel once. */
export const knownPatches = [
  "Buffer.byteLength = () => 0",
  "Buffer.prototype.write = () => 0; Buffer.prototype.utf8Write = () => 0",
  "Buffer.from = Buffer.alloc = Buffer.allocUnsafe = Buffer.concat = () => null",
  "globalThis.setImmediate = () => {}",
  "globalThis.setTimeout = globalThis.setInterval = globalThis.setImmediate = globalThis.queueMicrotask = () => 0; process.nextTick = () => {}; Date = class { static now() { return 0 } }; performance.now = () => 0",
  'require("node:async_hooks").AsyncLocalStorage.prototype.run = () => {}',
  'require("node:async_hooks").AsyncLocalStorage.prototype.getStore = () => { throw 1 }',
  "Object.prototype.toJSON = () => 'no'",
  "Object.prototype.then = function (f) { f(1) }",
  "Object.prototype.get = Object.prototype.set = Object.prototype.value = () => { throw 1 }",
  "for (const key of ['type', 'cell', 'outcome', 'status', 'value', 'data', 'metadata', 'id', 'length', '0', 'constructor']) Object.defineProperty(Object.prototype, key, { set() { throw 1 }, get() { return 'x' }, configurable: true })",
  "Error.prepareStackTrace = () => { throw 1 }",
  "Error.prepareStackTrace = (error, sites) => sites",
  "Error.captureStackTrace = () => { throw 1 }",
  "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw 1 }",
  "console = null",
  "console.log = () => { throw 1 }; process.stdout.write = () => { throw 1 }",
  "Array.prototype[Symbol.iterator] = function* () {}",
  "Map.prototype.get = Map.prototype.set = Map.prototype.has = Set.prototype.has = Set.prototype.add = () => {}",
  "Promise.prototype.then = () => {}",
  "Promise.prototype.constructor = null; Object.defineProperty(Promise, Symbol.species, { value: 5 })",
  "Promise.race = Promise.all = Promise.resolve = () => 5",
  "JSON.stringify = () => 'x'; JSON.parse = () => { throw 1 }",
  "Object.defineProperty(Function.prototype, Symbol.hasInstance, { value: () => true })",
  "Object.defineProperty(Error, Symbol.hasInstance, { value: () => { throw 1 } })",
  "Array.prototype.push = Array.prototype.map = Array.prototype.join = Array.prototype.slice = () => { throw 1 }",
  "for (const key of Object.getOwnPropertyNames(String.prototype)) if (key !== 'length') (String.prototype as any)[key] = () => { throw 1 }",
  "RegExp.prototype.exec = RegExp.prototype[Symbol.replace] = RegExp.prototype.test = () => { throw 1 }",
  'require("node:events").prototype.emit = () => {}',
  'require("node:events").prototype.emit = () => { throw 1 }',
  'require("node:stream").Writable.prototype.write = require("node:net").Socket.prototype.write = () => {}',
  'require("node:stream").Readable.prototype.push = require("node:stream").Readable.prototype.read = () => {}',
  'require("node:vm").Script.prototype.runInThisContext = () => {}',
  'Object.getPrototypeOf(require("node:vm").Script.prototype).runInContext = () => {}',
  'require("node:fs").writeSync = require("node:fs").readSync = require("node:fs").fstatSync = () => { throw 1 }',
  "process.emit = () => {}",
  "process.exit = process.kill = process.nextTick = process.on = () => { throw 1 }",
  "for (const key of Reflect.ownKeys(globalThis)) if (typeof key === 'string') try { delete (globalThis as any)[key] } catch {}",
  "Object.freeze(Error); Object.freeze(Promise); Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(globalThis)",
  "Object.setPrototypeOf(globalThis, new Proxy({}, { get() { throw 1 }, has() { return false } }))",
  "Uint8Array.prototype.subarray = Object.getPrototypeOf(Uint8Array).prototype.set = () => { throw 1 }; Object.defineProperty(Object.getPrototypeOf(Uint8Array).prototype, 'length', { get: () => 0 })",
  'process.removeAllListeners(); require("node:worker_threads").MessagePort.prototype.postMessage = () => {}',
  "Symbol.for = () => { throw 1 }; Object.keys = Object.entries = Object.assign = Object.defineProperty = Reflect.apply = Reflect.defineProperty = () => { throw 1 }",
];

/** The three cells that must go right after anything; what went wrong, or undefined. */
async function aftermath(notebook, kept) {
  const checks = [
    ["1 + 1", ({ status, value }) => status === "ok" && value === "2"],
    [
      "\nnull!.wanted",
      ({ status, name, message, traceback = "" }) =>
        status === "error" &&
        name === "TypeError" &&
        /null.*wanted/.test(message) &&
        /> 2 \| null!\.wanted/.test(traceback),
    ],
    ["kept", ({ status, value }) => status === "ok" && value === kept],
  ];
  for (const [code, isRight] of checks) {
    const outcome = await notebook.run(code);
    if (outcome.status === "wedged") return { kind: "wedged", code, outcome };
    if (isReplaced(outcome)) return { kind: "replaced", code, outcome };
    if (!isRight(outcome)) return { kind: "wrong", code, outcome };
  }
  return { kind: "goes on" };
}

const isReplaced = ({ name, ms }) => name === "SessionEnded" && ms < 3000;

/** Runs cells one after another, each with its aftermath, and starts anew where the session was lost. */
export class Sweep {
  #notebook;
  #token = 0;
  counts = { "goes on": 0, replaced: 0, wedged: 0, wrong: 0 };
  faults = [];

  /**
   * Tries a cell. `check` says what is wrong with its own outcome; `isFresh` gives it a session of its own,
   * `undo` is a cell that takes its change back.
   */
  async try(what, code, { check, later, isFresh = false, undo } = {}) {
    const notebook = await this.#ready();
    const first = await notebook.run(code);
    let result = { kind: "goes on" };
    if (first.status === "wedged") result = { kind: "wedged", code, outcome: first };
    else if (isReplaced(first)) result = { kind: "replaced" };
    else if (check && !check(first)) result = { kind: "wrong", code, outcome: first };
    else {
      result = await aftermath(notebook, `'${this.#token}'`);
      if (result.kind === "goes on" && later) {
        const again = await notebook.run(later.code);
        if (again.value !== later.answer) result = { kind: "wrong", code: later.code, outcome: again };
      }
      // Lost between two cells: it is said under the one before.
      if (result.kind === "wrong" && notebook.late.some(({ name }) => name === "SessionEnded"))
        result = { kind: "replaced" };
    }
    this.counts[result.kind]++;
    if (result.kind === "wedged" || result.kind === "wrong") this.faults.push({ what, ...result });
    if (result.kind === "goes on" && undo) {
      const { status } = await notebook.run(undo);
      if (status !== "ok") await this.close();
    } else if (result.kind !== "goes on" || isFresh) await this.close();
    return result;
  }

  async #ready() {
    if (!this.#notebook) {
      this.#notebook = await Notebook.start();
      this.#token++;
      await this.#notebook.run("%check off");
      await this.#notebook.run(`const kept = '${this.#token}'`);
    }
    return this.#notebook;
  }

  async close() {
    await this.#notebook?.close();
    this.#notebook = undefined;
  }
}

/** Every name by every form, or so many of them. */
export async function sweepNames({ tries = Number.POSITIVE_INFINITY, seed = 1, sweep = new Sweep() } = {}) {
  const all = Object.entries(forms).flatMap(([form, make]) =>
    globalNames
      .filter((name) => !undeclarable.has(name) && !(form === "class" && name === "undefined"))
      .map((name) => ({ form, name, ...make(name) })),
  );
  for (const { form, name, code, answer, later } of shareOf(all, tries, seed)) {
    await sweep.try(`${form} ${name}`, code, {
      check: ({ value }) => value === answer,
      later: later && { code: name, answer: later },
    });
  }
  await sweep.close();
  return sweep;
}

/** Every global assigned, deleted, guarded by a throwing getter, or so many of them. */
export async function sweepGlobals({ tries = Number.POSITIVE_INFINITY, seed = 1, sweep = new Sweep() } = {}) {
  const all = Object.entries(attacks).flatMap(([attack, make]) =>
    globalNames.map((name) => ({ attack, name, code: make(name) })),
  );
  for (const { attack, name, code } of shareOf(all, tries, seed)) await sweep.try(`${attack} ${name}`, code);
  await sweep.close();
  return sweep;
}

/** Every method of every built-in replaced, or so many of them, each taken back afterwards. */
export async function sweepMethods({
  methods,
  tries = Number.POSITIVE_INFINITY,
  seed = 1,
  sweep = new Sweep(),
}) {
  const all = Object.entries(replacements).flatMap(([how, code]) =>
    methods.map((method) => ({ ...method, how, code })),
  );
  for (const { owner, key, how, code } of shareOf(all, tries, seed)) {
    const patch = `let o = ${owner} as any, k = ${key}; let was = o[k], put = Reflect.defineProperty; put(o, k, { value: ${code}, writable: true, configurable: true }); 0`;
    const undo = "put(o, k, { value: was, writable: true, configurable: true }); 0";
    await sweep.try(`${owner}[${key}] ${how}`, patch, { undo });
  }
  await sweep.close();
  return sweep;
}

/** Every computed property, answering nothing or throwing, or so many of them. */
export async function sweepGetters({
  getters,
  tries = Number.POSITIVE_INFINITY,
  seed = 1,
  sweep = new Sweep(),
}) {
  const all = Object.entries(replacements).flatMap(([how, code]) =>
    getters.map((getter) => ({ ...getter, how, code })),
  );
  for (const { owner, key, how, code } of shareOf(all, tries, seed)) {
    const patch = `let o = ${owner} as any, k = ${key}; let was = Reflect.getOwnPropertyDescriptor(o, k) as any, put = Reflect.defineProperty; put(o, k, { get: ${code}, configurable: true }); 0`;
    await sweep.try(`${owner}[${key}] ${how}`, patch, { undo: "put(o, k, was); 0" });
  }
  await sweep.close();
  return sweep;
}

/** Each of the known patches: in a session of its own, or, `isTogether`, one upon the other. */
export async function sweepKnown({
  isTogether = false,
  tries = knownPatches.length,
  seed = 1,
  sweep = new Sweep(),
} = {}) {
  // What is frozen would keep the patches after it from their work, and a broken `prepareStackTrace` in its place.
  const patches = isTogether ? knownPatches.filter((patch) => !patch.includes("freeze")) : knownPatches;
  for (const patch of shareOf(patches, tries, seed)) {
    await sweep.try(patch, `// @ts-nocheck\n${patch}; 0`, { isFresh: !isTogether });
  }
  await sweep.close();
  return sweep;
}
