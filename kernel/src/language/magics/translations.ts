import { magicsName } from "../../session/compile/magicsName.ts";
import type { Edit } from "../../session/maps/EditedText.ts";
import { type CheckMode, isCheckMode } from "./CheckMode.ts";
import { interpolate } from "./interpolate.ts";
import { findMagic, listMagics } from "./magicTable.ts";
import { type TimedStatement, timedBlock, timedStatement } from "./timedStatement.ts";
import { unknownMagic } from "./unknownMagic.ts";

/** A magic as TypeScript. */
export interface Translation {
  edits: Edit[];
  /** Where it ends in the source; the rest of that line is left out or a comment. */
  end: number;
  check?: CheckMode | "show";
  npm?: string[];
  isTimed?: boolean;
  /** It holds TypeScript. */
  hasCode?: boolean;
  failure?: { ename: "UnknownMagic" | "UsageError"; evalue: string };
}

type IsKnown = (name: string) => boolean;

interface Line {
  source: string;
  /** Where its mark stands. */
  start: number;
  /** Where what stands behind the name begins and ends. */
  from: number;
  to: number;
  /** The end of the line. */
  end: number;
  isKnown: IsKnown;
}

const loops = "__isoflop_loops";
const sink = "__isoflop_sink";

function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

function lineAt(
  source: string,
  start: number,
  nameEnd: number,
  isKnown: IsKnown,
  end = endOfLine(source, start),
): Line {
  const text = source.slice(nameEnd, end);
  const from = nameEnd + (text.length - text.trimStart().length);
  return { source, start, from, to: Math.max(from, nameEnd + text.trimEnd().length), end, isKnown };
}

const argumentOf = ({ source, from, to }: Line): string => source.slice(from, to);

/** `!command`, which a backslash takes on to the next line. */
export function translateCommand(source: string, start: number, isKnown: IsKnown): Translation {
  let end = endOfLine(source, start);
  while (/\\[^\S\n]*$/.test(source.slice(start, end)) && end < source.length)
    end = endOfLine(source, end + 1);
  const line = lineAt(source, start, start + (source.startsWith("!!", start) ? 2 : 1), isKnown, end);
  return call(line, "await", "command");
}

/** `%name …` on a line of its own. */
export function translateLineMagic(
  name: string,
  source: string,
  start: number,
  isKnown: IsKnown,
): Translation {
  const [head] = /^%+\s*[\p{ID_Continue}-]*/u.exec(
    source.slice(start, endOfLine(source, start)),
  ) as RegExpExecArray;
  const line = lineAt(source, start, start + head.length, isKnown);
  if (!findMagic(name, "line")) {
    const shown = source.slice(start, line.to);
    return failed(line, "UnknownMagic", unknownMagic(shown, name, head.startsWith("%%") ? "%%" : "%"));
  }
  switch (name) {
    case "check":
      return translateCheck(line);
    case "npm": {
      const args = argumentOf(line).split(/\s+/);
      if (args[0] === "")
        return failed(line, "UsageError", "%npm needs a command of npm, as in %npm install PACKAGE");
      return { edits: blank(line), end: line.end, npm: args };
    }
    case "lsmagic":
      return {
        edits: replace(line, `;${magicsName}.print(${JSON.stringify(listMagics())});`),
        end: line.end,
      };
    case "time":
      return translateTime(line);
    case "timeit":
      return translateTimeit(line);
    case "pwd":
      return { edits: replace(line, `;${magicsName}.pwd();`), end: line.end };
    default:
      return call(line, "", name);
  }
}

/** `%%name` on top of a cell. */
export function translateCellMagic(
  name: string,
  source: string,
  start: number,
  isKnown: IsKnown,
): Translation {
  const line = lineAt(source, start, start + 2 + name.length, isKnown);
  if (name === "time") {
    if (line.to === line.from) return { edits: blank(line), end: line.end, isTimed: true };
    // What stands behind it on the line is the first line of the code.
    return { edits: [{ start, end: line.from, text: "" }], end: line.from - 1, isTimed: true };
  }
  if (name === "timeit") return translateTimeitCell(line);
  const shellOptions = JSON.stringify(argumentOf(line).split(/\s+/).filter(Boolean));
  const bodyEnd = source.length;
  return {
    edits: [
      { start, end: line.end, text: `;await ${magicsName}.script("${name}", ${shellOptions}, \`` },
      ...interpolate(source, line.end, bodyEnd, isKnown),
      { start: bodyEnd, end: bodyEnd, text: "`);" },
    ],
    end: bodyEnd,
  };
}

function translateCheck(line: Line): Translation {
  const word = argumentOf(line);
  const check = word === "" ? "show" : word;
  if (check !== "show" && !isCheckMode(check))
    return failed(
      line,
      "UsageError",
      `%check is on, warn or off, got ${word.slice(0, 80)}; %check alone shows how it stands`,
    );
  return { edits: blank(line), end: line.end, check };
}

function translateTime(line: Line): Translation {
  const { source, start, from, to, end } = line;
  if (from === to)
    return failed(line, "UsageError", "%time needs a statement, as in %time f(); %%time times a cell");
  const statement = timedStatement(source, from);
  const { expression } = statement;
  const edits = expression
    ? [
        { start, end: expression.start, text: `;${magicsName}.timed(${magicsName}.timer(), (` },
        { start: expression.end, end: expression.end, text: "));" },
      ]
    : [{ start, end: from, text: `;${magicsName}.timer();` }, ...close(statement, `;${magicsName}.timed();`)];
  return { edits, end: Math.max(end, endOfLine(source, statement.end)), hasCode: true };
}

/** What stands behind a statement; a syntax error there is not to be made worse. */
function close({ end, isUnfinished }: TimedStatement, text: string): Edit[] {
  return isUnfinished ? [] : [{ start: end, end, text }];
}

interface TimeitOptions {
  loops?: number;
  runs?: number;
  isQuiet?: true;
}

/** `-n 100 -r3 -q`, and where they end; a sentence where one is wrong. */
function timeitOptions({ source, from, to }: Line): { options: TimeitOptions; from: number } | string {
  const options: TimeitOptions = {};
  let at = from;
  for (;;) {
    const [all, letter, value] = /^-([a-zA-Z])\s*(\d*)(?=\s|$)\s*/.exec(source.slice(at, to)) ?? [];
    if (all === undefined) return { options, from: at };
    if (letter === "q" && value === "") options.isQuiet = true;
    else if ((letter === "n" || letter === "r") && Number(value) >= 1)
      options[letter === "n" ? "loops" : "runs"] = Number(value);
    else if (letter === "n" || letter === "r")
      return `%timeit -${letter} takes a number ≥ 1, got ${source.slice(at, to).slice(0, 40)}`;
    else return `%timeit has no option -${letter}; it takes -n LOOPS, -r RUNS and -q`;
    at += all.length;
  }
}

function loopHead(options: TimeitOptions, awaits: boolean): string {
  const head = `await ${magicsName}.timeit(${JSON.stringify(options)}, ${awaits ? "async " : ""}(${loops}, ${sink}) => {`;
  return `${head} for (; ${loops} > 0; ${loops}--) {`;
}

function translateTimeit(line: Line): Translation {
  const { source, start, to, end } = line;
  const given = timeitOptions(line);
  if (typeof given === "string") return failed(line, "UsageError", given);
  const { options, from } = given;
  if (from >= to)
    return failed(line, "UsageError", "%timeit needs a statement, as in %timeit f(); %%timeit times a cell");
  const statement = timedStatement(source, from);
  const { expression, awaits } = statement;
  const head = `;${loopHead(options, awaits)}`;
  const edits = expression
    ? [
        { start, end: expression.start, text: `${head} ${sink}.value = (` },
        { start: expression.end, end: expression.end, text: "); } });" },
      ]
    : [{ start, end: from, text: head }, ...close(statement, "; } });")];
  return { edits, end: Math.max(end, endOfLine(source, statement.end)), hasCode: true };
}

/** The line's code runs once before, as in IPython; what it declares is for the loop. */
function translateTimeitCell(line: Line): Translation {
  const { source, start, end, to } = line;
  const given = timeitOptions(line);
  if (typeof given === "string") return failed(line, "UsageError", given);
  const body = Math.min(end + 1, source.length);
  if (source.slice(body).trim() === "")
    return failed(line, "UsageError", "%%timeit needs code below it; %timeit f() times a statement");
  const { expression, awaits } = timedBlock(source, body);
  const edits: Edit[] = [
    { start, end: given.from, text: ";{ " },
    { start: to, end, text: `; ${loopHead(given.options, awaits)}` },
  ];
  if (expression) {
    edits.push(
      { start: expression.start, end: expression.start, text: `${sink}.value = (` },
      { start: expression.end, end: expression.end, text: ")" },
    );
  }
  edits.push({ start: source.length, end: source.length, text: "\n} }); }" });
  return { edits, end: source.length, hasCode: true };
}

/** A method of the session's with the rest of the line as its text. */
function call(
  { source, start, from, to, end, isKnown }: Line,
  before: "" | "await",
  method: string,
): Translation {
  return {
    edits: [
      { start, end: from, text: `;${before} ${magicsName}.${method}(\`` },
      ...interpolate(source, from, to, isKnown),
      { start: to, end, text: "`);" },
    ],
    end,
  };
}

const replace = ({ start, end }: Line, text: string): Edit[] => [{ start, end, text }];
const blank = (line: Line): Edit[] => replace(line, "");

function failed(line: Line, ename: "UnknownMagic" | "UsageError", evalue: string): Translation {
  return { edits: blank(line), end: line.end, failure: { ename, evalue } };
}
