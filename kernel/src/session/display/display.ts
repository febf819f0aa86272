import { host } from "../frontend/host.ts";
import type { Bundle } from "../messages/executorMessages.ts";
import { toBundle } from "./toBundle.ts";

/** How `display` shows a value. */
export interface DisplayOptions {
  /** Shown under this id, so that it can be updated; the same id again updates what is there. */
  id?: string;
}

let isHandle: (value: unknown) => boolean;

/** What `display` returns: the place where a value is shown. */
export class DisplayHandle {
  readonly #isHandle = true;
  /** The id under which the front end knows the place. */
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  static {
    isHandle = (value) =>
      typeof value === "object" && value !== null && #isHandle in value && value.#isHandle;
  }

  /** Shows another value in the same place. */
  update(value: unknown): void {
    put(this.id, toBundle(value), true);
  }
}

/** Unlike `instanceof` it asks nothing of the value, which may be a proxy. */
export function isDisplayHandle(value: unknown): boolean {
  return isHandle(value);
}

let nextId = 0;
const freshId = () => `isoflop-${process.pid}-${nextId++}`;

/** Front ends find a place by an id that is text; nothing, however it is written, asks for one of ours. */
const idOf = (given: unknown) =>
  given === undefined || given === null || given === "" ? freshId() : String(given);

function show(bundle: Bundle | Promise<Bundle>, options: DisplayOptions = {}): DisplayHandle {
  const id = idOf(options?.id);
  put(id, bundle, false);
  return new DisplayHandle(id);
}

function put(id: string, bundle: Bundle | Promise<Bundle>, update: boolean): void {
  if (bundle instanceof Promise) host().track(bundle.then((each) => host().display(id, each, update)));
  else host().display(id, bundle, update);
}

const bundleOf = (mime: string, data: unknown, metadata: Record<string, unknown> = {}): Bundle => ({
  data: { [mime]: data },
  metadata,
});
const asBase64 = (bytes: Uint8Array | string) =>
  typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("base64");

/** Shows any value the way a cell's last value is shown. */
function displayValue(value: unknown, options?: DisplayOptions): DisplayHandle {
  return show(toBundle(value), options);
}

/**
 * Shows values in the output of the cell that calls it: any value as a cell's last value would be shown, or text of
 * one MIME type as that type. Each gives back a `DisplayHandle`, by which what is shown can be replaced.
 *
 * A value says how it looks by a method `[Symbol.for("Jupyter.display")]()` that returns a bundle of MIME types, as in
 * Deno; figures, images, frames, arrays of records are known; the rest is shown as `util.inspect` writes it.
 */
export const display = Object.assign(displayValue, {
  html: (html: string, options?: DisplayOptions) => show(bundleOf("text/html", html), options),
  md: (markdown: string, options?: DisplayOptions) => show(bundleOf("text/markdown", markdown), options),
  svg: (svg: string, options?: DisplayOptions) => show(bundleOf("image/svg+xml", svg), options),
  latex: (latex: string, options?: DisplayOptions) => show(bundleOf("text/latex", latex), options),
  png: (bytes: Uint8Array | string, options?: DisplayOptions) =>
    show(bundleOf("image/png", asBase64(bytes)), options),
  jpeg: (bytes: Uint8Array | string, options?: DisplayOptions) =>
    show(bundleOf("image/jpeg", asBase64(bytes)), options),
  json: (value: unknown, options?: DisplayOptions) => show(bundleOf("application/json", value), options),
  text: (text: string, options?: DisplayOptions) => show(bundleOf("text/plain", text), options),
  /** One MIME type, or a whole bundle `{ "text/html": …, "text/plain": … }`. */
  raw: (
    mime: string | Record<string, unknown>,
    data?: unknown,
    metadata: Record<string, unknown> = {},
    options?: DisplayOptions,
  ) => show(typeof mime === "string" ? bundleOf(mime, data, metadata) : { data: mime, metadata }, options),
});

/** Empties the output of the cell; with `wait` only when the next output arrives. */
export function clearOutput({ wait = false }: { wait?: boolean } = {}): void {
  host().clear(wait);
}
