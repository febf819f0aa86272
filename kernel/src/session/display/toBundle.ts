import { types } from "node:util";
import type { Bundle } from "../messages/executorMessages.ts";
import { figureOf } from "./figureOf.ts";
import { frameOf } from "./frameOf.ts";
import { htmlTable, textTable } from "./htmlTable.ts";
import { imageOf } from "./imageOf.ts";
import { jsxBundle } from "./jsx/jsxBundle.ts";
import { tableOf } from "./tableOf.ts";
import { toText } from "./toText.ts";

/** The method by which a value says how it looks (Deno's convention): returns a MIME bundle, or a promise of one. */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display") as never;
const mimebundleSymbol: unique symbol = Symbol.for("Jupyter.mimebundle") as never;

/**
 * How a value looks: its own display method, then what its shape suggests (JSX, figures, frames), then `util.inspect`. A promise only
 * where the value's own method returns one, so that displays and prints keep their order.
 */
export function toBundle(value: unknown): Bundle | Promise<Bundle> {
  if (!isObject(value)) return plain(value);
  const method = ownMethod(value);
  if (method) {
    const own: unknown = method.call(value);
    if (types.isPromise(own))
      return (own as Promise<unknown>).then((bundle) => asBundle(bundle) ?? byShape(value));
    const bundle = asBundle(own);
    if (bundle) return bundle;
  }
  const jsx = jsxBundle(value);
  return jsx ? { data: jsx, metadata: {} } : byShape(value);
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function plain(value: unknown): Bundle {
  return { data: { "text/plain": toText(value) }, metadata: {} };
}

/** A proxy or a getter may throw when asked for anything: then there is no method. */
function ownMethod(value: object): (() => unknown) | undefined {
  try {
    const { [displaySymbol]: display, [mimebundleSymbol]: mimebundle } = value as Record<symbol, unknown>;
    const method = typeof display === "function" ? display : mimebundle;
    return typeof method === "function" ? (method as () => unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** Both shapes are in use: a bare MIME bundle, and `{ data, metadata }`. */
function asBundle(bundle: unknown): Bundle | undefined {
  if (typeof bundle !== "object" || bundle === null) return undefined;
  const { data, metadata } = bundle as Partial<Bundle>;
  if (data && typeof data === "object") return { data, metadata: metadata ?? {} };
  return { data: bundle as Record<string, unknown>, metadata: {} };
}

function byShape(value: object): Bundle {
  try {
    const data = shapeData(value);
    if (data) return { data, metadata: {} };
  } catch {
    // a value that looked like a frame and is none
  }
  return plain(value);
}

function shapeData(value: object): Record<string, unknown> | undefined {
  if (typeof value === "function") return undefined;
  const found = figureOf(value) ?? imageOf(value);
  if (found) return found;
  const frame = frameOf(value);
  if (frame) return { "text/html": htmlTable(frame), "text/plain": textTable(frame) };
  const table = tableOf(value);
  return table ? { "text/html": htmlTable(table), "text/plain": toText(value) } : undefined;
}
