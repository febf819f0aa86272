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
  const parts: string[] = [];
  let copied = 0;
  const replace = (start: number, end: number, by: string) => {
    parts.push(source.slice(copied, start), by);
    copied = end;
  };
  for (const statement of program.body as unknown as Node[]) {
    if (statement.type !== "VariableDeclaration" || !/using$/.test(statement.kind as string)) continue;
    const declarators = statement.declarations as Node[];
    const add = statement.kind === "using" ? "u" : "a";
    replace(statement.start, (declarators[0] as Node).start, "const ");
    for (const { init } of declarators) {
      if (!init) continue;
      const { start, end } = init as Node;
      replace(start, start, `${mark}using.${add}(`);
      replace(end, end, ")");
    }
  }
  return parts.join("") + source.slice(copied);
}
