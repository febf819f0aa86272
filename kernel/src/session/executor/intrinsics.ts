/** What the kernel's own code in this process stands on. */
const owners: [name: string, owner: object, keys: PropertyKey[]][] = [
  [
    "globalThis",
    globalThis,
    ["Promise", "JSON", "Map", "Set", "Array", "Object", "Error", "Symbol", "Buffer", "process"],
  ],
  ["JSON", JSON, ["parse", "stringify"]],
  ["Promise", Promise, ["race", "all", "resolve"]],
  ["Promise.prototype", Promise.prototype, ["then", "catch", "finally"]],
  ["Object", Object, ["entries", "keys", "assign", "defineProperty", "getPrototypeOf", "fromEntries"]],
  ["Array.prototype", Array.prototype, Reflect.ownKeys(Array.prototype)],
  ["String.prototype", String.prototype, Reflect.ownKeys(String.prototype)],
  ["Map.prototype", Map.prototype, ["get", "set", "has", "delete"]],
  ["Set.prototype", Set.prototype, ["has", "add"]],
];

const originals = owners.map(
  ([name, owner, keys]) =>
    [name, owner, keys.map((key) => [key, Object.getOwnPropertyDescriptor(owner, key)] as const)] as const,
);
const { defineProperty, getOwnPropertyDescriptor } = Reflect;

/**
 * Puts back built-ins that a cell has replaced: the kernel shares them with user code, and a session whose
 * `JSON.stringify` is gone could not even say so. Returns the names of what was put back.
 */
export function restoreIntrinsics(): string {
  let restored = "";
  for (let i = 0; i < originals.length; i++) {
    const [name, owner, properties] = originals[i] as (typeof originals)[number];
    for (let j = 0; j < properties.length; j++) {
      const [key, original] = properties[j] as (typeof properties)[number];
      const now = getOwnPropertyDescriptor(owner, key);
      if (!original || (now?.value === original.value && now?.get === original.get)) continue;
      defineProperty(owner, key, original);
      restored += `${restored && ", "}${name}.${String(key)}`;
    }
  }
  return restored;
}
