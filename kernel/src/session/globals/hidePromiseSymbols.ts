import { AsyncLocalStorage } from "node:async_hooks";
import { inspect } from "node:util";

const { defineProperty, ownKeys } = Reflect;

/**
 * Keeps what Node before 24 notes on every promise for AsyncLocalStorage out of what is shown: `Promise { 5 }`. The
 * properties stay where they are and are only no longer enumerable once a promise has been looked at.
 */
export function hidePromiseSymbols(): void {
  const storage = new AsyncLocalStorage();
  const symbols = storage.run({}, () => Object.getOwnPropertySymbols(Promise.resolve()));
  storage.disable();
  if (symbols.length === 0) return;
  const known = symbols.map((symbol) => symbol.description);
  const hide = function (this: object): unknown {
    const keys = ownKeys(this);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as PropertyKey;
      if (typeof key !== "symbol") continue;
      for (let j = 0; j < known.length; j++) {
        if (known[j] === key.description) defineProperty(this, key, { enumerable: false });
      }
    }
    return this; // inspect goes on as usual
  };
  defineProperty(Promise.prototype, inspect.custom, { value: hide, writable: true, configurable: true });
}
