import type { Node } from "../../session/compile/syntax.ts";
import { type Edit, EditedText } from "../../session/maps/EditedText.ts";
import { analyzeCell } from "../cells/analyzeCell.ts";
import { declaredByTheLook } from "../cells/cellDocument.ts";
import { parseCell } from "../cells/parseCell.ts";
import { isShort } from "../reader/isShort.ts";
import type { CheckMode } from "./CheckMode.ts";
import { isCommand, isNamedInSession } from "./isCommand.ts";
import { localNames } from "./localNames.ts";
import { findMagic } from "./magicTable.ts";
import { isGlobalName } from "./sessionGlobals.ts";
import {
  type Translation,
  translateCellMagic,
  translateCommand,
  translateLineMagic,
} from "./translations.ts";

/** What a cell says besides TypeScript. */
export interface Magics {
  /** The cell as TypeScript, line for line: what the session does for a magic is a call there. */
  edited: EditedText;
  /** `%check on | warn | off`, alone in the cell for the session, else for the cell; `show` asks how it stands. */
  check: CheckMode | "show" | undefined;
  /** Arguments of each `%npm` line, in order. */
  npm: string[][];
  /** `%%time`. */
  isTimed: boolean;
  /** There is TypeScript that the user wrote. */
  hasCode: boolean;
  /** There is nothing for the session to run. */
  isAlone: boolean;
  /** The first thing that is wrong with a magic. */
  failure: { ename: "UnknownMagic" | "UsageError"; evalue: string } | undefined;
  /** `%%name`, whose text may hold empty lines. */
  isCellMagic: boolean;
}

const mayHoldMagics = /^#!|^[^\S\r\n\u2028\u2029]*[%!]/m;

/** Whether it is worth while to look closer: not for most cells. */
export function mayHaveMagics(source: string): boolean {
  return mayHoldMagics.test(source);
}

/**
 * Reads what a cell says besides TypeScript: `%name` and `!command` on lines before the first code, and on later lines
 * where TypeScript makes no sense of them, for `%` and `!` may open a line of an expression; `%%name` on its first line;
 * and `#!` there.
 *
 * @param isKnown whether a name is one of the session's
 */
export function readMagics(source: string, isKnown: (name: string) => boolean = () => false): Magics {
  if (!mayHaveMagics(source)) return plain(source);
  return new Reading(source, isKnown).read();
}

function plain(source: string): Magics {
  return {
    edited: new EditedText(source),
    check: undefined,
    npm: [],
    isTimed: false,
    hasCode: true,
    isAlone: false,
    failure: undefined,
    isCellMagic: false,
  };
}

/** More than anybody writes by hand: each line may be read several times. */
const mostLines = 500;

class Reading {
  readonly #source: string;
  readonly #isKnownBefore: (name: string) => boolean;
  readonly #magics: Magics;
  readonly #edits: Edit[] = [];
  #own: ReadonlySet<string> | undefined;

  constructor(source: string, isKnown: (name: string) => boolean) {
    this.#source = source;
    this.#isKnownBefore = isKnown;
    this.#magics = { ...plain(source), hasCode: false, isAlone: true };
  }

  read(): Magics {
    const source = this.#source;
    let at = 0;
    let count = 0;
    if (source.startsWith("#!")) {
      this.#edits.push({ start: 0, end: 2, text: "//" });
      at = this.#endOfLine(0) + 1;
      this.#magics.isAlone = false;
    }
    for (let isFirst = true; at < source.length; ) {
      const end = this.#endOfLine(at);
      const line = source.slice(at, end).trim();
      if (line === "" || line.startsWith("//")) {
        if (line !== "") this.#magics.isAlone = false;
        at = end + 1;
        continue;
      }
      const next = this.#leadingMagic(at, isFirst);
      if (next === undefined) break;
      if (++count > mostLines) return this.#tooMany();
      isFirst = this.#magics.isTimed && isFirst;
      at = next;
    }
    if (source.slice(at).trim() !== "") {
      this.#magics.hasCode = true;
      this.#magics.isAlone = false;
      this.#laterMagics(at);
    }
    this.#magics.edited = this.#edited();
    return this.#magics;
  }

  #tooMany(): Magics {
    const evalue = `a cell may have ${mostLines} lines with magics or commands; %%bash takes as many as there are`;
    return { ...this.#magics, failure: { ename: "UsageError", evalue } };
  }

  /** Where the cell goes on behind a magic; undefined where there is none. */
  #leadingMagic(at: number, isFirst: boolean): number | undefined {
    const start = this.#markOf(at);
    const source = this.#source;
    if (source[start] === "!") {
      const line = source.slice(start + 1, this.#endOfLine(start));
      if (!isCommand(line, source.slice(start + 1), this.#isKnown)) return undefined;
      return this.#take(translateCommand(source, start, this.#isKnown));
    }
    if (source[start] !== "%") return undefined;
    const [, marks, name] = /^(%+)\s*([\p{ID_Continue}-]*)/u.exec(
      source.slice(start, start + 200),
    ) as unknown as [string, string, string];
    if (marks === "%%" && isFirst && findMagic(name, "cell")) {
      this.#magics.isCellMagic = true;
      return this.#take(translateCellMagic(name, source, start, this.#isKnown));
    }
    return this.#take(translateLineMagic(name, source, start, this.#isKnown));
  }

  #take({ edits, end, ...said }: Translation): number {
    this.#edits.push(...edits);
    const magics = this.#magics;
    if (said.check) magics.check = said.check;
    if (said.npm) magics.npm.push(said.npm);
    if (said.isTimed) magics.isTimed = true;
    if (said.hasCode) magics.hasCode = true;
    if (said.failure) magics.failure ??= said.failure;
    if (!said.check && !said.npm && !said.failure && !said.isTimed) magics.isAlone = false;
    return end + 1;
  }

  /** Magics behind the first code: where TypeScript sees an error, or the negation of a name that nobody knows. */
  #laterMagics(from: number): void {
    const open = this.#candidates(from);
    if (open.size === 0 || !isShort(this.#source)) return;
    for (let lines = 0; lines < mostLines && open.size > 0; lines++) {
      const edited = this.#edited();
      if (!isShort(edited.text)) return;
      const { errors, result } = parseCell(edited.text);
      const [error] = errors;
      const start = error
        ? this.#candidateAt(edited.toSource(error.labels[0]?.start ?? 0), open)
        : result.program.body
            .map(({ start }) => edited.toSource(start))
            .find((start) => open.has(start) && this.#source[start] === "!" && !this.#isNamed(start));
      if (start === undefined) return;
      open.delete(start);
      const name = /^%(\w+)/.exec(this.#source.slice(start, start + 40))?.[1];
      this.#take(
        name === undefined
          ? translateCommand(this.#source, start, this.#isKnown)
          : translateLineMagic(name, this.#source, start, this.#isKnown),
      );
      this.#edits.sort((a, b) => a.start - b.start || a.end - b.end);
    }
  }

  /** Lines that could be magics, by the place of their mark. */
  #candidates(from: number): Set<number> {
    const found = new Set<number>();
    const pattern = /^[^\S\r\n\u2028\u2029]*(?=!|%(\w+))/gm;
    pattern.lastIndex = from;
    for (let match = pattern.exec(this.#source); match; match = pattern.exec(this.#source)) {
      if (match[1] === undefined || findMagic(match[1], "line")) found.add(match.index + match[0].length);
      if (match[0] === "") pattern.lastIndex++;
    }
    return found;
  }

  /** The candidate on the line of an error, or the one above it that names nothing of the session. */
  #candidateAt(place: number, open: ReadonlySet<number>): number | undefined {
    const start = [...open].filter((each) => each <= place).at(-1);
    if (start === undefined) return undefined;
    const isOnLine = this.#endOfLine(start) >= place;
    return isOnLine || !this.#isNamed(start) ? start : undefined;
  }

  #isNamed(start: number): boolean {
    return isNamedInSession(this.#source.slice(start + 1, this.#endOfLine(start)), this.#isKnown);
  }

  readonly #isKnown = (name: string): boolean =>
    isGlobalName(name) || this.#isKnownBefore(name) || this.#ownNames().has(name);

  /** What the cell itself declares. */
  #ownNames(): ReadonlySet<string> {
    if (this.#own) return this.#own;
    const code = this.#source.replace(/^#!.*|^[^\S\n]*[%!].*/gm, "");
    const names = declaredByTheLook(code);
    if (isShort(code)) {
      const parsed = parseCell(code);
      if (parsed.errors.length === 0) {
        for (const name of analyzeCell(parsed).declarations.keys()) names.add(name);
        for (const name of localNames(parsed.result.program as unknown as Node)) names.add(name);
      }
    }
    this.#own = names;
    return names;
  }

  #edited(): EditedText {
    return new EditedText(this.#source, this.#edits);
  }

  #markOf(at: number): number {
    return at + (/^[^\S\r\n]*/.exec(this.#source.slice(at, this.#endOfLine(at)))?.[0].length ?? 0);
  }

  #endOfLine(at: number): number {
    const end = this.#source.indexOf("\n", at);
    return end < 0 ? this.#source.length : end;
  }
}
