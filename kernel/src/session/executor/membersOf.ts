import inspector from "node:inspector";
import { types } from "node:util";
import { mainRealm } from "./mainRealm.ts";
import { evaluate, isHidden } from "./sessionScope.ts";

let session: inspector.Session | undefined;

/**
 * The property names a value has right now, nearest first. The expression is evaluated only as far as it has
 * no side effect; where it would have one, or throws, there are none.
 */
export function membersOf(expression: string): string[] {
  try {
    return ask(expression);
  } catch {
    return []; // a cell has taken apart what the inspector stands on
  }
}

function ask(whole: string): string[] {
  if (!session) {
    session = new inspector.Session();
    session.connect();
  }
  const [head = ""] = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(whole) ?? [];
  if (!isHidden(head)) return askFor(whole);
  // The inspector does not see the notebook's own scope.
  return withHook(evaluate(head), () => askFor(hookText + whole.slice(head.length)));
}

function askFor(expression: string): string[] {
  let names: string[] = [];
  const capture = (value: unknown) => {
    names = namesAlongPrototypes(value);
  };
  const request = { expression, throwOnSideEffect: true, silent: true };
  session?.post(
    "Runtime.evaluate",
    request,
    (_: Error | null, reply?: inspector.Runtime.EvaluateReturnType) => {
      if (!reply || reply.exceptionDetails) return;
      const { result } = reply;
      if (!result.objectId) capture(result.type === "string" ? "" : result.value);
      else callOn(result.objectId, capture);
    },
  );
  return names;
}

const hook = Symbol.for("isoflop.membersOf");
const hookText = 'globalThis[Symbol.for("isoflop.membersOf")]';
const global = mainRealm.globalThis;

/** Puts a value where an expression finds it, for as long as the work takes. */
function withHook<T>(value: unknown, work: () => T): T {
  const before = Reflect.getOwnPropertyDescriptor(global, hook);
  Reflect.defineProperty(global, hook, { value, configurable: true });
  try {
    return work();
  } finally {
    if (before) Reflect.defineProperty(global, hook, before);
    else Reflect.deleteProperty(global, hook);
  }
}

function callOn(objectId: string, capture: (value: unknown) => void): void {
  withHook(capture, () => {
    const functionDeclaration = `function () { ${hookText}(this); }`;
    session?.post("Runtime.callFunctionOn", { objectId, functionDeclaration });
    session?.post("Runtime.releaseObject", { objectId });
  });
}

function namesAlongPrototypes(value: unknown): string[] {
  const names = new Set<string>();
  if (value === null || value === undefined) return [];
  for (let at: object | null = Object(value); at; at = Object.getPrototypeOf(at)) {
    if (types.isProxy(at)) break; // its traps are the user's code
    if (Object.getPrototypeOf(at) === null && Object.hasOwn(at, "isPrototypeOf")) break; // Object.prototype
    for (const name of Object.getOwnPropertyNames(at)) {
      if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) names.add(name);
    }
  }
  names.delete("constructor");
  return [...names];
}
