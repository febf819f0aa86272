/**
 * Gives an object its own copy of all that it inherits, so that nothing a cell does to the prototypes reaches it.
 * What Node's own code calls by a symbol is copied too.
 */
export function pin<T extends object>(object: T): T {
  for (let at = Reflect.getPrototypeOf(object); at; at = Reflect.getPrototypeOf(at)) {
    if (Reflect.getPrototypeOf(at) === null) break; // Object.prototype
    for (const key of Reflect.ownKeys(at)) {
      if (key === "constructor" || Object.hasOwn(object, key)) continue;
      const inherited = Reflect.getOwnPropertyDescriptor(at, key) as PropertyDescriptor;
      Reflect.defineProperty(object, key, { ...inherited, enumerable: false, configurable: true });
    }
  }
  return object;
}
