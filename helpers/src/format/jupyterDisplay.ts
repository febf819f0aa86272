/** What a notebook front end is offered: one representation a MIME type, the front end takes the richest it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/**
 * The method a value shows itself by in a notebook; the same symbol as in Deno's kernel.
 *
 * @example
 * import { claim, jupyterDisplay } from "isoflop";
 * const one = claim({ id: "1", source: "Table 1", published: 0.5, reproduced: 0.5, tolerance: 0.01 });
 * typeof one[jupyterDisplay]()["text/html"]; // => "string"
 */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display") as never;

/** A value that knows how to show itself in a notebook. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle;
}
