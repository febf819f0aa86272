import { inspect as nodeInspect } from "node:util";

/** A method by this name says how a value is written, as Node's `util.inspect.custom` does. */
export const customInspect: unique symbol = Symbol.for("Deno.customInspect") as never;

/** How a value is written out. */
export interface InspectOptions {
  colors?: boolean;
  compact?: boolean;
  depth?: number;
  breakLength?: number;
  iterableLimit?: number;
  showProxy?: boolean;
  sorted?: boolean;
  getters?: boolean;
  showHidden?: boolean;
  strAbbreviateSize?: number;
}

/** A value as text, as Node writes it. */
export function inspect(value: unknown, options: InspectOptions = {}): string {
  const { iterableLimit: maxArrayLength = 100, strAbbreviateSize = 10_000, depth = 4, ...rest } = options;
  const own = (value as { [customInspect]?: unknown } | null | undefined)?.[customInspect];
  if (typeof own === "function") {
    const write = (each: unknown, how: InspectOptions) => inspect(each, { ...options, ...how });
    return String(own.call(value, write, options));
  }
  return nodeInspect(value, { depth, maxArrayLength, maxStringLength: strAbbreviateSize, ...rest });
}
