export interface HelpQuery {
  expression: string;
  /** 1 asks for the source as well. */
  detailLevel: 0 | 1;
}

/** Longer names nobody asks about. */
const longest = 10_000;

const before = /^\s*(\?\??)\s*([\w$]+(?:\.[\w$]+)*)\s*$/u;
const after = /^\s*([\w$]+(?:\.[\w$]+)*)\s*(\?\??)\s*$/u;

/** A cell that is only `Math.sqrt?`, `?Math.sqrt` or either with `??`, as in IPython: a question about a name. */
export function helpQuery(source: string): HelpQuery | undefined {
  if (source.length > longest) return undefined;
  const [, marks, expression] = before.exec(source) ?? [];
  const [, name, trailing] = after.exec(source) ?? [];
  const asked = expression ?? name;
  if (asked === undefined) return undefined;
  return { expression: asked, detailLevel: (marks ?? trailing) === "??" ? 1 : 0 };
}
