import { parseSync } from "oxc-parser";
import type { Node } from "./syntax.ts";

/**
 * `using x = …` at the top of a cell as `const x = $using.u(…)`: the cell's end disposes of it. Left to the
 * transpiler it would put the rest of the cell into a block, where its declarations end with it.
 */
export function rewriteTopLevelUsing(file: string, source: string, mark: string): string {
  if (!/\busing\s/.test(source)) return source;
  const { program, errors } = parseSync(file, source, { sourceType: "module" });
  if (errors.length > 0) return source;
  let code = source;
  for (const statement of (program.body as unknown as Node[]).toReversed()) {
    if (statement.type !== "VariableDeclaration" || !/using$/.test(statement.kind as string)) continue;
    const declarators = statement.declarations as Node[];
    const add = statement.kind === "using" ? "u" : "a";
    for (const { init } of declarators.toReversed()) {
      if (!init) continue;
      const { start, end } = init as Node;
      code = `${code.slice(0, start)}${mark}using.${add}(${code.slice(start, end)})${code.slice(end)}`;
    }
    code = `${code.slice(0, statement.start)}const ${code.slice((declarators[0] as Node).start)}`;
  }
  return code;
}
