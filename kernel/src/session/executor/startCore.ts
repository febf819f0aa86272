import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import vm from "node:vm";
import { pin } from "../globals/pin.ts";
import type * as Core from "./core.ts";
import type { Evaluate, MainRealm } from "./mainRealm.ts";

/** `core.ts` and what it imports as one script, made by the build. */
const bundle = new URL("../realm/core.js", import.meta.url);

/** Where V8 does not know these yet, Node makes them up, and only for the first realm. */
const shareSymbols =
  "for (const name in shared) if (!Symbol[name]) Object.defineProperty(Symbol, name, { value: shared[name] });";

type Given = Omit<
  MainRealm,
  | "globalThis"
  | "globalNames"
  | "evaluate"
  | "promiseThen"
  | "stringify"
  | "byteLength"
  | "utf8Write"
  | "utf8Slice"
  | "declare"
  | "exit"
>;

/**
 * Starts the kernel's own code of this process in a realm of its own, with its own `Promise`, `Map`, `JSON` and
 * `Array.prototype`: whatever a cell makes of the built-ins it can reach, that code does not see it. What it needs of
 * the cells' realm it gets here, as functions taken before any cell runs.
 *
 * Errors that it throws at cells are theirs: `Error` and its kin come from the cells' realm.
 */
export function startCore(given: Given): typeof Core {
  const load = createRequire(import.meta.url);
  const module = { exports: {} };
  const parameters = {
    module,
    exports: module.exports,
    require: (name: string) => copyOf(load(name) as object),
    executorUrl: new URL("executor.js", import.meta.url).href,
    isoflopMainRealm: { ...takeIntrinsics(), ...given } satisfies MainRealm,
    performance: { now: performance.now.bind(performance) },
    setImmediate: startImmediate(),
    clearTimeout,
    setTimeout: startTimer(),
    shared: { dispose: Symbol.dispose, asyncDispose: Symbol.asyncDispose },
    ...{ process, Buffer, URL, Error, TypeError, RangeError, SyntaxError },
  };
  const code = `(function (${Object.keys(parameters).join(", ")}) {${shareSymbols}${readFileSync(bundle, "utf8")}\n})`;
  const script = new vm.Script(code, { filename: bundle.href });
  const start = script.runInContext(vm.createContext({ __proto__: null })) as (...values: unknown[]) => void;
  start(...Object.values(parameters));
  return module.exports as typeof Core;
}

/** A built-in module as it is now: cells may write into the original, and into `util.types`. */
function copyOf(module: object): object {
  const copy: Record<string, unknown> = { ...module };
  for (const [name, value] of Object.entries(copy)) {
    if (typeof value === "object" && value !== null && value !== module) copy[name] = { ...value };
  }
  return Object.freeze(copy);
}

/** Node's constructor asks the prototype for `ref`, without which the work waits for the next event. */
function startImmediate(): (work: () => void) => void {
  const start = setImmediate;
  const owner = Reflect.getPrototypeOf(start(() => {})) as object;
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;
  const own = getOwnPropertyDescriptor(owner, "ref") as PropertyDescriptor;
  return (work) => {
    const theirs = getOwnPropertyDescriptor(owner, "ref");
    if (theirs?.value === own.value) return void start(work);
    defineProperty(owner, "ref", own);
    try {
      start(work);
    } finally {
      if (theirs) defineProperty(owner, "ref", theirs);
      else deleteProperty(owner, "ref");
    }
  };
}

function startTimer(): (work: () => void, ms: number) => NodeJS.Timeout {
  const start = setTimeout;
  return (work, ms) => pin(start(work, ms));
}

function takeIntrinsics(): Omit<MainRealm, keyof Given> {
  const { byteLength } = Buffer;
  const { utf8Slice, utf8Write } = Buffer.prototype as unknown as Pick<MainRealm, "utf8Slice" | "utf8Write">;
  const { kill, pid } = process;
  return {
    globalThis,
    globalNames: new Set(namesOfGlobals()),
    evaluate: makeEvaluate(),
    promiseThen: Promise.prototype.then,
    stringify: JSON.stringify,
    byteLength: (text) => byteLength(text),
    utf8Slice,
    utf8Write,
    declare: makeDeclare(),
    exit() {
      // `process.exit` waits for the watchdog's thread, which may have lost its descriptors too
      kill(pid, "SIGKILL");
      throw new Error("unreachable");
    },
  };
}

function namesOfGlobals(): string[] {
  const names: string[] = [];
  for (let at: object | null = globalThis; at; at = Reflect.getPrototypeOf(at)) {
    names.push(...Object.getOwnPropertyNames(at));
  }
  return names;
}

/** A direct `eval` at the outermost place: `eval` is a parameter, because a cell may replace the global. */
function makeEvaluate(): Evaluate {
  const make = vm.runInThisContext('(eval) => (() => { "use strict"; return ($code) => eval($code); })()');
  return (make as (own: unknown) => Evaluate)(vm.runInThisContext("eval"));
}

/** Only a script declares in V8's script scope, and `runInThisContext` goes through two prototypes. */
function makeDeclare(): MainRealm["declare"] {
  const { Script } = vm;
  const own = Script.prototype;
  const inner = Reflect.getPrototypeOf(own) as object;
  const methods = [own, inner].flatMap((owner) =>
    Reflect.ownKeys(owner).map((key) => [owner, key, Reflect.getOwnPropertyDescriptor(owner, key)?.value]),
  ) as [object, PropertyKey, unknown][];
  const { runInThisContext } = own;
  const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
  return (code) => {
    if (getPrototypeOf(own) !== inner) return false;
    for (let i = 0; i < methods.length; i++) {
      const method = methods[i] as (typeof methods)[number];
      if (getOwnPropertyDescriptor(method[0], method[1])?.value !== method[2]) return false;
    }
    try {
      apply(runInThisContext, new Script(code, { filename: "session.ts" }), []);
      return true;
    } catch {
      return false;
    }
  };
}
