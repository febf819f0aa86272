/**
 * Markdown of a hover or a completion as people read it where a front end shows only text: code without its fences, tags,
 * links and stressed words without their marks. What stands in code stays as it is.
 */
export function plainText(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split("\n")) {
    const [, marks] = /^[ \t]{0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === undefined && marks !== undefined) fence = marks;
    else if (fence !== undefined && marks?.startsWith(fence) && line.trim() === marks) fence = undefined;
    else lines.push(fence === undefined ? plainLine(line) : line);
  }
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Longer than this nobody reads a line of help; its marks stay. */
const longestLine = 10_000;

function plainLine(line: string): string {
  if (line.length > longestLine) return line;
  const runs = [...line.matchAll(/`+/g)];
  let plain = "";
  let at = 0;
  for (let k = 0; k < runs.length; k++) {
    const [ticks] = runs[k]!;
    const end = runs.findIndex(([other], later) => later > k && other === ticks);
    if (end < 0) continue;
    const from = runs[k]!.index;
    plain += withoutMarks(line.slice(at, from)) + line.slice(from + ticks.length, runs[end]!.index);
    at = runs[end]!.index + ticks.length;
    k = end;
  }
  return plain + withoutMarks(line.slice(at));
}

const withoutMarks = (text: string): string =>
  text
    .replace(/\[([^[\]]*)\]\(([^()\s]*)\)/g, (_, words, target) =>
      words === "" || words === target ? target : `${words} (${target})`,
    )
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/(?<![\w*])\*([^*\s](?:[^*]*[^*\s])?)\*(?![\w*])/g, "$1")
    .replace(/^#{1,6} /, "")
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~])/g, "$1");
