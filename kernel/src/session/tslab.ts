import { createRequire } from "node:module";
import { type DisplayHandle, display as show } from "./display/display.ts";

/** tslab's display functions; each shows one value. */
export interface TslabDisplay {
  javascript(text: string): void;
  html(text: string): void;
  markdown(text: string): void;
  latex(text: string): void;
  svg(text: string): void;
  text(text: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  raw(mime: string, data: string | Uint8Array): void;
}

function makeDisplay(put: (bundle: Record<string, unknown>) => void): TslabDisplay {
  const textual = (mime: string) => (text: string) => put({ [mime]: text });
  const binary = (mime: string) => (bytes: Uint8Array) =>
    put({ [mime]: Buffer.from(bytes).toString("base64") });
  return {
    javascript: textual("application/javascript"),
    html: textual("text/html"),
    markdown: textual("text/markdown"),
    latex: textual("text/latex"),
    svg: textual("image/svg+xml"),
    text: textual("text/plain"),
    png: binary("image/png"),
    jpeg: binary("image/jpeg"),
    gif: binary("image/gif"),
    pdf: binary("application/pdf"),
    raw: (mime, data) => (typeof data === "string" ? textual(mime)(data) : binary(mime)(data)),
  };
}

/** tslab's `display`, so that notebooks written for tslab run unchanged. */
export const display = makeDisplay((bundle) => void show.raw(bundle));

/** A place that each call overwrites. */
export function newDisplay(): TslabDisplay {
  let handle: DisplayHandle | undefined;
  return makeDisplay((bundle) => {
    const value = { [Symbol.for("Jupyter.display")]: () => bundle };
    if (handle) handle.update(value);
    else handle = show(value);
  });
}

export const versions = {
  /** The release of tslab whose functions these are. */
  tslab: "1.0.22",
  typescript: (createRequire(import.meta.url)("typescript/package.json") as { version: string }).version,
  node: process.version,
};
