import { inspect, types } from "node:util";

/** `util.inspect` without colours; long arrays and strings end in a note of how much is left out. */
export function toText(value: unknown): string {
  const options = { ...sizeFor(value), maxStringLength: 10_000, breakLength: 100 };
  try {
    return cut(inspect(value, options));
  } catch {
    try {
      return cut(inspect(value, { ...options, customInspect: false, getters: false, showProxy: true }));
    } catch (error) {
      return `[a value that cannot be shown: ${String(error)}]`;
    }
  }
}

const longest = 200_000;

function cut(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)}\n… ${(text.length - longest).toLocaleString("en")} more characters`;
}

/** From how a value is shown as a rule to ever less of it. */
const sizes = [
  { depth: 4, maxArrayLength: 100 },
  { depth: 4, maxArrayLength: 20 },
  { depth: 4, maxArrayLength: 6 },
  { depth: 2, maxArrayLength: 20 },
  { depth: 1, maxArrayLength: 100 },
];
const mostMembers = 200_000;

type Size = (typeof sizes)[number];

/** A hundred of each, five levels deep, are ten thousand million: nobody reads them, and they take hours. */
function sizeFor(value: unknown): Size {
  return (
    sizes.find((size) => members(value, size, mostMembers) < mostMembers) ?? { depth: 0, maxArrayLength: 100 }
  );
}

/** How many members of a value would be shown, counted to `most`; asks nothing of proxies and accessors. */
function members(value: unknown, { depth, maxArrayLength }: Size, most: number): number {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return 0;
  let count = 0;
  for (const each of heldBy(value, maxArrayLength, most)) {
    if (++count >= most) return most;
    if (depth > 0) count += members(each, { depth: depth - 1, maxArrayLength }, most - count);
  }
  return count;
}

function* heldBy(value: object, mostItems: number, most: number): Generator<unknown> {
  if (ArrayBuffer.isView(value)) return;
  if (types.isMap(value) || types.isSet(value)) {
    let left = mostItems;
    for (const each of value) {
      if (left-- === 0) return;
      if (types.isMap(value)) yield* each as [unknown, unknown];
      else yield each;
    }
    return;
  }
  let left = Array.isArray(value) ? mostItems : most;
  for (const name in value) {
    if (left-- === 0) return;
    yield Reflect.getOwnPropertyDescriptor(value, name)?.value;
  }
}
