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
}

interface Mathjs {
  parse(text: string): MathNode;
}

async function load(): Promise<Mathjs> {
  // The specifier is a variable so that neither compiler nor bundler insists on an optional package.
  const name = "mathjs/number";
  try {
    return (await import(name)) as Mathjs;
  } catch (cause) {
    throw new Error(
      "isoflop/formula reads formulas with mathjs, which is not installed: npm install mathjs@15",
      {
        cause,
      },
    );
  }
}

export const mathjs: Mathjs = await load();
