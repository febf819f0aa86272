/**
 * Gives an object a prototype of its own with a copy of all that it inherits, so that nothing a cell does to the
 * shared prototypes reaches it. What Node's own code calls by a symbol is copied too. (Not onto the object itself:
 * with many properties of its own V8 would make it slow.)
 */
export function pin<T extends object>(object: T): T {
  const shared = Reflect.getPrototypeOf(object) as object;
  const copies: Record<PropertyKey, PropertyDescriptor> = {};
  for (let at: object | null = shared; at; at = Reflect.getPrototypeOf(at)) {
    if (Reflect.getPrototypeOf(at) === null) break; // Object.prototype
    for (const key of Reflect.ownKeys(at)) {
      if (key === "constructor" || Object.hasOwn(copies, key)) continue;
      copies[key] = { ...Reflect.getOwnPropertyDescriptor(at, key), configurable: true };
    }
  }
  Reflect.setPrototypeOf(object, Object.create(shared, copies));
  return object;
}
