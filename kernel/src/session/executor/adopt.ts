import { mainRealm } from "./mainRealm.ts";

const { apply, defineProperty } = Reflect;

/**
 * A promise of the cells' realm as one of the core's own, by the `then` that was there before any cell ran.
 * `isOurs` says that no cell holds the promise: then not even its constructor is asked for.
 */
export function adopt<T>(promise: PromiseLike<T>, { isOurs = false } = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    if (isOurs) defineProperty(promise, "constructor", { value: undefined });
    apply(mainRealm.promiseThen, promise, [resolve, reject]);
  });
}
