interface AsyncWrap {
  async_hook_fields: Uint32Array;
  constants: { kCheck: number };
}

let asyncWrap: AsyncWrap | undefined;

/**
 * Lets the process live when an interrupted cell leaves its entries on Node's stack of async contexts. Until
 * Node 24 AsyncLocalStorage switches a consistency check on which would abort; the flag
 * --no-force-async-hooks-checks only takes back the default one.
 */
export function relaxAsyncChecks(): void {
  const { noDeprecation } = process;
  try {
    process.noDeprecation = true; // there is no other way to reach the field
    asyncWrap ??= (process as unknown as { binding(name: string): AsyncWrap }).binding("async_wrap");
    asyncWrap.async_hook_fields[asyncWrap.constants.kCheck] = 0;
  } catch {
    // a Node without this binding keeps async contexts in V8, where there is nothing to check
  } finally {
    process.noDeprecation = noDeprecation;
  }
}
