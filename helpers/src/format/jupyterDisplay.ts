/** What a notebook front end is offered: one representation a MIME type, the front end takes the richest it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The method a value shows itself by in a notebook; the same symbol as in Deno's kernel. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display") as never;

/** A value that knows how to show itself in a notebook. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle;
}
