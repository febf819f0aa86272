import { type Evaluate, mainRealm } from "./mainRealm.ts";

/**
 * What packages ask for to find out where they run: a notebook's variable of such a name must not tell them that
 * they are in a browser or under another module system.
 */
const environmentNames = new Set(
  "window self document location navigator define module exports __filename __dirname importScripts Deno Bun jQuery $".split(
    " ",
  ),
);

const declared = new Set<string>();
const hidden = new Set<string>();
let evaluateInside: Evaluate = mainRealm.evaluate;

/**
 * Makes names exist as session variables. A name is declared once; cells assign to it from then on.
 *
 * Most are a `let` in V8's script scope: visible to every cell and nowhere on globalThis. That scope is visible to
 * Node's own code and to packages as well, so the name of a global goes into a scope of the notebook's own, in which
 * all later cells are evaluated.
 */
export function declareNames(names: readonly string[]): void {
  const fresh = names.filter((name) => !declared.has(name));
  if (fresh.length === 0) return;
  const plain = fresh.filter((name) => !mustHide(name));
  const isDone = plain.length === 0 || mainRealm.declare(`let ${plain.join(", ")};`);
  hide(isDone ? fresh.filter(mustHide) : fresh);
  for (const name of fresh) declared.add(name);
}

/** Gives the cells `module`, `__dirname` and the like where one mentions them and the notebook has not declared them itself. */
export function provideProgramNames(mentioned: readonly string[]): void {
  for (const name of mentioned) {
    if (!(name in mainRealm.programNames) || declared.has(name)) continue;
    declareNames([name]);
    const assign = evaluate(`($value) => { ${name} = $value; }`) as (value: unknown) => void;
    assign(mainRealm.programNames[name]);
  }
}

const lent = new Set<string>();

/** Lends the cells a name that is not there otherwise: what the notebook declares, or puts on globalThis, goes first. */
export async function lend(name: string, load: () => Promise<unknown>): Promise<void> {
  const { globalThis: global } = mainRealm;
  const isTheirs = name in global;
  if (isTheirs ? !lent.has(name) : declared.has(name)) return;
  const value = isTheirs ? Reflect.get(global, name) : await load();
  declareNames([name]);
  lent.add(name);
  (evaluate(`($value) => { ${name} = $value; }`) as (value: unknown) => void)(value);
}

function mustHide(name: string): boolean {
  if (mainRealm.globalNames.has(name) || environmentNames.has(name)) return true;
  // V8 refuses a `let` beside a global that cannot be taken away.
  return Reflect.getOwnPropertyDescriptor(mainRealm.globalThis, name)?.configurable === false;
}

function hide(names: readonly string[]): void {
  if (names.length === 0) return;
  evaluateInside = evaluateInside(
    `"use strict"; let ${names.join(", ")}; ($code) => eval($code)`,
  ) as Evaluate;
  for (const name of names) hidden.add(name);
}

/**
 * Gives variables that have the name of a global its value, where a cell was to set them and failed before it could, as
 * where its import failed: other cells need not do without the global.
 */
export function giveGlobalsBack(names: readonly string[]): void {
  const { globalThis: global } = mainRealm;
  for (const name of names) {
    if (!hidden.has(name) || !(name in global)) continue;
    const give = evaluate(`($value) => { if (${name} === undefined) ${name} = $value(); }`);
    (give as (value: () => unknown) => void)(() => Reflect.get(global, name));
  }
}

/** Evaluates strict code as a cell sees the session. */
export function evaluate(code: string): unknown {
  return evaluateInside(code);
}

/** All names that cells have declared. */
export function declaredNames(): string[] {
  return [...declared];
}

export function isDeclared(name: string): boolean {
  return declared.has(name);
}

/** Whether only `evaluate` sees the variable, not V8's script scope. */
export function isHidden(name: string): boolean {
  return hidden.has(name);
}
