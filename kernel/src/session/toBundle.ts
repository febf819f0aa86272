import { inspect } from "node:util";
import type { Bundle } from "./executorMessages.ts";

/** The method by which a value says how it looks (Deno's convention): returns a MIME bundle, or a promise of one. */
export const displaySymbol = Symbol.for("Jupyter.display");
const mimebundleSymbol = Symbol.for("Jupyter.mimebundle");

type Displayable = { [displaySymbol]?: () => unknown; [mimebundleSymbol]?: () => unknown };

/**
 * How a value looks: its own display method, then what its shape suggests, then `util.inspect`. A promise only
 * where the value's own method returns one, so that displays and prints keep their order.
 */
export function toBundle(value: unknown): Bundle | Promise<Bundle> {
  const own = callOwnMethod(value);
  if (own instanceof Promise) return own.then((bundle) => asBundle(bundle) ?? plain(value));
  return asBundle(own) ?? plain(value);
}

function plain(value: unknown): Bundle {
  return { data: { "text/plain": toText(value) }, metadata: {} };
}

function callOwnMethod(value: unknown): unknown {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return undefined;
  const { [displaySymbol]: display, [mimebundleSymbol]: mimebundle } = value as Displayable;
  const method = typeof display === "function" ? display : mimebundle;
  return typeof method === "function" ? method.call(value) : undefined;
}

/** Both shapes are in use: a bare MIME bundle, and `{ data, metadata }`. */
function asBundle(bundle: unknown): Bundle | undefined {
  if (typeof bundle !== "object" || bundle === null) return undefined;
  const { data, metadata } = bundle as Partial<Bundle>;
  if (data && typeof data === "object") return { data, metadata: metadata ?? {} };
  return { data: bundle as Record<string, unknown>, metadata: {} };
}

/** `util.inspect` without colours; long arrays and strings end in a note of how much is left out. */
export function toText(value: unknown): string {
  try {
    return inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 });
  } catch (error) {
    return `[value that cannot be shown: ${String(error)}]`;
  }
}
