interface AsyncWrap {
  async_hook_fields: Uint32Array;
  execution_async_resources?: unknown[];
  constants: { kCheck: number; kTotals: number };
  setCallbackTrampoline?(trampoline?: unknown): void;
}

const asyncWrap = findAsyncWrap();

/**
 * Lets the process live when an interrupted cell leaves its entries on Node's stack of async contexts. Until
 * Node 24 AsyncLocalStorage switches a consistency check on which would abort; the flag
 * --no-force-async-hooks-checks only takes back the default one.
 */
export function relaxAsyncChecks(): void {
  if (!asyncWrap) return;
  const { async_hook_fields: fields, constants } = asyncWrap;
  // A short cut through JavaScript, by `cb.apply` and `Array.prototype.pop` as cells have left them.
  asyncWrap.setCallbackTrampoline?.();
  fields[constants.kCheck] = 0;
  fields[constants.kTotals] = 0; // only guards an assertion on the same stack; the hooks go by other counts
}

/** Before any cell runs: later `process` may be anything. */
function findAsyncWrap(): AsyncWrap | undefined {
  const { noDeprecation } = process;
  try {
    process.noDeprecation = true; // there is no other way to reach the field
    const wrap = (process as unknown as { binding(name: string): AsyncWrap }).binding("async_wrap");
    // Node pops this list after each timer, by the method that the prototype has then.
    const { pop } = Array.prototype;
    if (wrap.execution_async_resources)
      Reflect.defineProperty(wrap.execution_async_resources, "pop", { value: pop });
    return wrap;
  } catch {
    return undefined; // a Node without this binding keeps async contexts in V8, where there is nothing to check
  } finally {
    process.noDeprecation = noDeprecation;
  }
}
