import { parse } from "mathjs/number";

/** The part of mathjs's node that is read here; its own types would make it a dependency of ours. */
export interface MathNode {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly op?: string;
  readonly fn?: string | { readonly name?: string };
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
  readonly object?: MathNode;
  readonly index?: unknown;
  readonly condition?: MathNode;
  readonly trueExpr?: MathNode;
  readonly falseExpr?: MathNode;
  /** The signs and the sides of `1 < N < 2`. */
  readonly conditionals?: readonly string[];
  readonly params?: readonly MathNode[];
}

interface Mathjs {
  parse(text: string): MathNode;
}

// In the build for Node `node/mathjs.js` stands here, which says what to install where mathjs is missing.
export const mathjs: Mathjs = { parse: parse as unknown as Mathjs["parse"] };
