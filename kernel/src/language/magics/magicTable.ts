export interface MagicDescription {
  name: string;
  /** `%name` on a line, `%%name` on top of a cell, or either. */
  kind: "line" | "cell" | "both";
  usage: string;
  summary: string;
  /** What completes behind the name, where that is a few words. */
  words?: readonly string[];
}

/** All there are, in the order in which they are listed. */
export const magicTable: readonly MagicDescription[] = [
  {
    name: "bash",
    kind: "cell",
    usage: "%%bash",
    summary: "runs the cell in bash; {name} stands for a value of the session",
  },
  {
    name: "cd",
    kind: "line",
    usage: "%cd FOLDER",
    summary: "changes the folder; - goes back, nothing goes home",
  },
  {
    name: "check",
    kind: "line",
    usage: "%check [on|warn|off]",
    summary:
      "the type check: alone in a cell for the session, above code for the cell (warn prints type errors and runs it); without a word, how it stands",
    words: ["off", "on", "warn"],
  },
  {
    name: "env",
    kind: "line",
    usage: "%env [NAME[=VALUE]]",
    summary: "environment variables: all, one, or sets one",
  },
  { name: "lsmagic", kind: "line", usage: "%lsmagic", summary: "lists the magics" },
  {
    name: "npm",
    kind: "line",
    usage: "%npm install PACKAGE",
    summary: "npm, in the notebook's folder",
    words: ["install"],
  },
  { name: "pwd", kind: "line", usage: "%pwd", summary: "the folder that %cd has changed to" },
  { name: "sh", kind: "cell", usage: "%%sh", summary: "runs the cell in sh, as %%bash does in bash" },
  {
    name: "time",
    kind: "both",
    usage: "%time STATEMENT",
    summary: "times a statement, or the cell with %%time, and keeps its value",
  },
  {
    name: "timeit",
    kind: "both",
    usage: "%timeit [-n LOOPS] [-r RUNS] [-q] STATEMENT",
    summary:
      "times a statement, or the cell with %%timeit, in many loops; awaits each where it gives a promise",
  },
  { name: "who", kind: "line", usage: "%who [TYPE]", summary: "names of the session, or those of a type" },
  { name: "whos", kind: "line", usage: "%whos [TYPE]", summary: "the same with type and value" },
];

export function findMagic(name: string, kind: "line" | "cell"): MagicDescription | undefined {
  return magicTable.find((each) => each.name === name && (each.kind === kind || each.kind === "both"));
}

/** What `%lsmagic` prints. */
export function listMagics(): string {
  const of = (kind: "line" | "cell", mark: string) =>
    magicTable
      .filter((each) => each.kind === kind || each.kind === "both")
      .map(({ name }) => mark + name)
      .join("  ");
  const width = Math.max(...magicTable.map(({ usage }) => usage.length));
  const explained = magicTable.map(({ usage, summary }) => `${usage.padEnd(width)}  ${summary}`);
  return [
    "Available line magics:",
    of("line", "%"),
    "",
    "Available cell magics:",
    of("cell", "%%"),
    "",
    ...explained,
    `${"!COMMAND".padEnd(width)}  runs a command in the shell; {name} stands for a value of the session`,
    "",
  ].join("\n");
}
