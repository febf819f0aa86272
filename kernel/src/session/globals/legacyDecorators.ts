// What code with `experimentalDecorators` calls. A package as reflect-metadata may add to `Reflect` what decorators
// leave behind; without it they are applied, and their metadata is dropped, as in TypeScript's own code.

type Decorator = (...args: unknown[]) => unknown;
type WithMetadata = typeof Reflect & {
  decorate?: (decorators: Decorator[], ...target: unknown[]) => unknown;
  metadata?: (key: string, value: unknown) => Decorator;
};

/**
 * Applies the decorators of a class, or of one of its members, the last first. As TypeScript does: `descriptor` is
 * `null` where it is to be looked up, and `void 0` for a field.
 */
export function decorate(
  decorators: Decorator[],
  ...place: [target: object, key?: PropertyKey, descriptor?: PropertyDescriptor | null]
): unknown {
  const [target, key] = place as [object, PropertyKey];
  const isMember = place.length > 2;
  const descriptor = isMember && place[2] === null ? Reflect.getOwnPropertyDescriptor(target, key) : place[2];
  const start = isMember ? descriptor : target;
  const result = applyAll(decorators, start, isMember ? [target, key, descriptor] : [target]);
  if (isMember && result) Object.defineProperty(target, key, result as PropertyDescriptor);
  return result;
}

function applyAll(decorators: Decorator[], start: unknown, place: unknown[]): unknown {
  const { decorate: theirs } = Reflect as WithMetadata;
  if (typeof theirs === "function") return theirs(decorators, ...place);
  let result = start;
  for (let index = decorators.length - 1; index >= 0; index--) {
    const decorator = decorators[index];
    if (!decorator) continue;
    const [target, key] = place;
    result = (place.length === 1 ? decorator(result) : decorator(target, key, result)) || result;
  }
  return result;
}

/** A decorator of a parameter as one of its method. */
export function decorateParam(index: number, decorator: Decorator): Decorator {
  return (target, key) => decorator(target, key, index);
}

/** A decorator that notes a type, where there is something to note it with. */
export function decorateMetadata(key: string, value: unknown): Decorator | undefined {
  const { metadata } = Reflect as WithMetadata;
  if (typeof metadata !== "function") return undefined;
  return metadata(key, Array.isArray(value) ? value.map(typeToTell) : typeToTell(value));
}

/** An enum stands for what it consists of: its members are numbers, texts or both. */
function typeToTell(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !/^-?\d/.test(name));
  const kinds = new Set(members.map(([, member]) => typeof member));
  if (kinds.size !== 1) return Object;
  return kinds.has("number") ? Number : kinds.has("string") ? String : Object;
}
