import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Example {
  /** File and line, for the test's name. */
  readonly place: string;
  readonly code: string;
}

/** The `@example` blocks of every doc comment in a folder of sources. */
export function docExamples(folder: string, shown: string): Example[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
        const line = text.slice(0, comment.index).split("\n").length;
        return blocks(comment[0]).map((code) => ({ place: `${shown}/${name}:${line}`, code }));
      });
    });
}

function blocks(comment: string): string[] {
  const lines = comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""));
  const text = lines.join("\n");
  return text
    .split(/^@example[^\n]*$/m)
    .slice(1)
    .map((part) => part.split(/^@\w+/m)[0]!)
    .map((part) => /```(?:ts)?\n([\s\S]*?)```/.exec(part)?.[1] ?? part)
    .map((code) => code.trim());
}

/** The fenced `ts` blocks of a Markdown page; each continues the ones before it unless it imports afresh. */
export function pageExamples(path: string, shown: string): Example[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((block) => ({
    place: `${shown}:${text.slice(0, block.index).split("\n").length}`,
    code: block[1]!.trim(),
  }));
}
