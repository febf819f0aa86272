import type { Failure } from "../messages/executorMessages.ts";

const isBlank = (line: string) => line.replace(/\u001b\[[\d;]*m/g, "").trim() === "";

/** A failure whose traceback neither begins nor ends with an empty line, and says at least what it is. */
export function withoutBlankEnds({ ename, evalue, traceback }: Failure): Failure {
  const lines: string[] = [];
  for (let i = 0; i < traceback.length; i++) lines.push(...(traceback[i] as string).split("\n"));
  let [from, to] = [0, lines.length];
  while (from < to && isBlank(lines[from] as string)) from++;
  while (to > from && isBlank(lines[to - 1] as string)) to--;
  if (from === to) return { ename, evalue, traceback: [`${ename}: ${evalue}`.replace(/[\s:]+$/, "")] };
  return { ename, evalue, traceback: lines.slice(from, to) };
}
