// Errors and values that fight back when they are looked at: a plain answer, or, where the code has no end, an
// interrupt that ends it, and state kept.
import { Notebook, shareOf } from "./driver.js";

const throwing = "{ get() { throw new Error('got you') } }";
const endless = "{ get() { for (;;); } }";
const proxies = {
  "every trap throws": "new Proxy({}, new Proxy({}, { get() { throw new Error('trap') } }))",
  "a function's every trap throws":
    "new Proxy(function () {}, new Proxy({}, { get() { throw new Error('trap') } }))",
  "an error's every trap throws":
    "new Proxy(new Error('inner'), new Proxy({}, { get() { throw new Error('trap') } }))",
  revoked: "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy })()",
  "a revoked function":
    "(() => { const { proxy, revoke } = Proxy.revocable(function () {}, {}); revoke(); return proxy })()",
  "traps without end": "new Proxy({}, new Proxy({}, { get() { return () => { for (;;); } } }))",
};
const errors = Object.fromEntries(
  ["message", "name", "stack", "cause", "errors", "constructor", "toString", "extra"].flatMap((key) => [
    [`${key} throws`, `Object.defineProperty(new Error('x'), '${key}', ${throwing})`],
    [
      `${key} is a proxy`,
      `Object.defineProperty(new Error('x'), '${key}', { value: ${proxies["every trap throws"]}, enumerable: true })`,
    ],
    [`${key} is a symbol`, `Object.defineProperty(new Error('x'), '${key}', { value: Symbol('s') })`],
    [
      `${key} is an object whose toString throws`,
      `Object.defineProperty(new Error('x'), '${key}', { value: { toString() { throw 1 } } })`,
    ],
  ]),
);
Object.assign(errors, proxies, {
  "prepareStackTrace throws":
    "(() => { Error.prepareStackTrace = () => { throw 1 }; return new Error('x') })()",
  "its own cause": "(() => { const e: any = new Error('x'); e.cause = e; return e })()",
  "two causes in a ring":
    "(() => { const a: any = new Error('a'); const b: any = new Error('b', { cause: a }); a.cause = b; return b })()",
  "a million errors": "new AggregateError(Array.from({ length: 1e6 }, (_, i) => i), 'many')",
  "10,000 causes deep":
    "(() => { let e: any; for (let i = 0; i < 10000; i++) e = new Error('x', { cause: e }); return e })()",
  "30 MB of message": "new Error('m'.repeat(3e7))",
  "30 MB of name": "Object.assign(new Error('x'), { name: 'n'.repeat(3e7) })",
  "no prototype": "Object.setPrototypeOf(new Error('x'), null)",
  "an error's prototype alone": "Object.create(Error.prototype)",
  "an error of another realm": "require('node:vm').runInNewContext('new RangeError(1)')",
  "custom inspection throws":
    "Object.assign(new Error('x'), { [Symbol.for('nodejs.util.inspect.custom')]() { throw 1 } })",
  "toString throws": "{ toString() { throw 1 } }",
  "no object": "undefined",
  null: "null",
  "a symbol": "Symbol('s')",
  "a bigint": "10n",
  "a function": "() => {}",
  "no prototype at all": "Object.create(null)",
  "a class": "class A {}",
});
/** Ways to let an error reach the kernel. */
const throwers = {
  throw: (value) => `// @ts-nocheck\nthrow ${value}`,
  reject: (value) => `// @ts-nocheck\nawait Promise.reject(${value})`,
  stray: (value) => `// @ts-nocheck\nPromise.reject(${value}); await new Promise((r) => setTimeout(r, 200))`,
  timer: (value) =>
    `// @ts-nocheck\nsetTimeout(() => { throw ${value} }, 0); await new Promise((r) => setTimeout(r, 200))`,
};

const own = (name, body) => `({ ${name}() { ${body} } })`;
const asks = [
  "[Symbol.for('Jupyter.display')]",
  "[Symbol.for('Jupyter.mimebundle')]",
  "[Symbol.for('nodejs.util.inspect.custom')]",
  "toDataURL",
  "toSpec",
];
const readers = [
  "outerHTML",
  "toDataURL",
  "toSpec",
  "data",
  "layout",
  "schema",
  "$data",
  "[Symbol.for('Jupyter.display')]",
  "[Symbol.toStringTag]",
  "constructor",
];
const shown = Object.fromEntries([
  ...asks.map((name) => [`${name} throws`, own(name, "throw new Error('mine')")]),
  ...asks.map((name) => [
    `${name} gives a hostile proxy`,
    own(name, `return ${proxies["every trap throws"]}`),
  ]),
  ...asks.map((name) => [`${name} gives itself`, own(name, "return this")]),
  ...readers.map((name) => [`reading ${name} throws`, `({ get ${name}() { throw new Error('mine') } })`]),
  ...Object.entries(proxies).filter(([name]) => !name.includes("without end")),
  ["a promise rejected later", "({ async [Symbol.for('Jupyter.display')]() { throw new Error('mine') } })"],
  ["a bundle JSON refuses", own(asks[0], "return { 'application/json': 10n }")],
  ["a bundle in a ring", own(asks[0], "const a: any = {}; a.a = a; return { 'application/json': a }")],
  [
    "a bundle whose toJSON throws",
    own(asks[0], "return { 'application/json': { toJSON() { throw new Error('mine') } } }"),
  ],
  ["a million errors", "new Array(1e6).fill(new Error('x'))"],
  ["an array of a hundred million", "new Array(1e8)"],
  ["30 MB of text", "'x'.repeat(3e7)"],
  ["100,000 properties", "Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ['k' + i, i]))"],
  ["an endless generator", "(function* () { for (;;) yield 1 })()"],
  ["a map in itself", "(() => { const m = new Map(); m.set(m, m); return m })()"],
  ["10,000 deep", "(() => { let a: any = []; for (let i = 0; i < 10000; i++) a = [a]; return a })()"],
  ["records whose getters throw", "[{ get a() { throw new Error('mine') } }]"],
  ["records of hostile proxies", `[{ a: ${proxies["every trap throws"]} }, { a: ${proxies.revoked} }]`],
]);

/** Code without an end that only looking at a value or an error runs. */
const endlessValues = {
  ...Object.fromEntries(asks.map((name) => [`shown: ${name}`, own(name, "for (;;);")])),
  ...Object.fromEntries(
    readers.map((name) => [`shown: reading ${name}`, `({ get ${name}() { for (;;); } })`]),
  ),
  "shown: a promise": "({ async [Symbol.for('Jupyter.display')]() { for (;;) await null } })",
  "shown: a promise that never is":
    "({ [Symbol.for('Jupyter.display')]() { return new Promise(() => {}) } })",
  "shown: toJSON": own(asks[0], "return { 'application/json': { toJSON() { for (;;); } } }"),
  "shown: traps": `[{ a: { [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); } } }]`,
};
const endlessErrors = Object.fromEntries(
  ["message", "name", "stack", "cause"].map((key) => [
    `thrown: ${key}`,
    `Object.defineProperty(new Error('x'), '${key}', ${endless})`,
  ]),
);

async function state(notebook) {
  const sum = await notebook.run("1 + 1");
  const kept = await notebook.run("kept");
  return sum.value === "2" && kept.value === "'kept'" ? undefined : { sum, kept };
}

/** Every hostile error and value by every way, or so many; what went wrong. */
export async function sweepValues({
  tries = Number.POSITIVE_INFINITY,
  endlessTries = Number.POSITIVE_INFINITY,
  seed = 1,
} = {}) {
  const faults = [];
  const counts = { answered: 0, interrupted: 0 };
  let notebook;
  const ready = async () => {
    if (notebook) return notebook;
    notebook = await Notebook.start();
    await notebook.run("const kept = 'kept'");
    return notebook;
  };
  const fault = async (what, outcome) => {
    faults.push({ what, outcome });
    await notebook.close();
    notebook = undefined;
  };
  const quick = [
    ...Object.entries(throwers).flatMap(([way, make]) =>
      Object.entries(errors)
        .filter(([name]) => !name.includes("without end"))
        .map(([name, value]) => ({ what: `${way}: ${name}`, code: make(value), mustFail: way })),
    ),
    ...Object.entries(shown).map(([name, value]) => ({
      what: `shown: ${name}`,
      code: `// @ts-nocheck\n(${value})`,
    })),
  ];
  for (const { what, code, mustFail } of shareOf(quick, tries, seed)) {
    const outcome = await (await ready()).run(code, { seconds: 10 });
    const isPlain = mustFail
      ? outcome.status === "error" && outcome.outputs === 1 && outcome.name !== "SessionEnded"
      : outcome.status !== "wedged" && outcome.outputs === 1 && outcome.name !== "SessionEnded";
    const size =
      (outcome.message?.length ?? 0) + (outcome.traceback?.length ?? 0) + (outcome.value?.length ?? 0);
    const lost = isPlain && size < 1_000_000 ? await state(notebook) : outcome;
    if (lost) await fault(what, lost);
    else counts.answered++;
  }
  const slow = [
    ...Object.entries(endlessValues).map(([what, value]) => ({ what, code: `// @ts-nocheck\n(${value})` })),
    ...Object.entries(endlessErrors).map(([what, value]) => ({
      what,
      code: `// @ts-nocheck\nthrow ${value}`,
    })),
  ];
  for (const { what, code } of shareOf(slow, endlessTries, seed)) {
    const outcome = await (await ready()).run(code, { seconds: 10, interruptAfter: 300 });
    const isEnded =
      outcome.status === "error" && outcome.name === "KeyboardInterrupt" && outcome.ms < 300 + 1000;
    // What nobody asks for, as a `cause` that is not shown, has no end to wait for.
    const isNeverAsked = outcome.status !== "wedged" && outcome.ms < 300;
    const lost = isEnded || isNeverAsked ? await state(notebook) : outcome;
    if (lost) await fault(what, lost);
    else counts.interrupted++;
  }
  await notebook?.close();
  return { counts, faults };
}
