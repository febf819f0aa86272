import inspector from "node:inspector";

let session: inspector.Session | undefined;

/**
 * The property names a value has right now, nearest first. The expression is evaluated only as far as it has
 * no side effect; where it would have one, or throws, there are none.
 */
export function membersOf(expression: string): string[] {
  if (!session) {
    session = new inspector.Session();
    session.connect();
  }
  let names: string[] = [];
  const capture = (value: unknown) => {
    names = namesAlongPrototypes(value);
  };
  const ask = { expression, throwOnSideEffect: true, silent: true };
  session.post("Runtime.evaluate", ask, (_: Error | null, reply?: inspector.Runtime.EvaluateReturnType) => {
    if (!reply || reply.exceptionDetails) return;
    const { result } = reply;
    if (!result.objectId) capture(result.type === "string" ? "" : result.value);
    else callOn(result.objectId, capture);
  });
  return names;
}

const hook = Symbol.for("isoflop.membersOf");

function callOn(objectId: string, capture: (value: unknown) => void): void {
  Object.defineProperty(globalThis, hook, { value: capture, configurable: true });
  session?.post("Runtime.callFunctionOn", {
    objectId,
    functionDeclaration: `function () { globalThis[Symbol.for("isoflop.membersOf")](this); }`,
  });
  session?.post("Runtime.releaseObject", { objectId });
  Reflect.deleteProperty(globalThis, hook);
}

function namesAlongPrototypes(value: unknown): string[] {
  const names = new Set<string>();
  if (value === null || value === undefined) return [];
  for (let at: object | null = Object(value); at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) {
      if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) names.add(name);
    }
  }
  names.delete("constructor");
  return [...names];
}
