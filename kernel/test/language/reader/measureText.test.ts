import { parseSync, visitorKeys } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { deepCells, random, tokenSoup } from "../../../../bench/soak/deepCells.js";
import { measureText } from "../../../src/language/reader/measureText.ts";

/** Whether it is surely a row of statements of so many tokens at most. */
const isRow = (code: string, each = 20) => (measureText(code)?.statement ?? Number.POSITIVE_INFINITY) <= each;

/** How deep a text nests, read in any of the ways in which the kernel reads it. */
function depth(code: string): number {
  let deepest = 0;
  for (const lang of ["ts", "tsx", "js"] as const) {
    for (const sourceType of ["module", "script"] as const) {
      const { program } = parseSync(`cell.${lang}`, code, { sourceType, lang });
      const waiting: [unknown, number][] = [[program, 0]];
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const [node, level] = next as [{ type: string; [key: string]: unknown }, number];
        deepest = Math.max(deepest, level);
        for (const key of visitorKeys[node.type] ?? []) {
          for (const child of [node[key]].flat()) if (child) waiting.push([child, level + 1]);
        }
      }
    }
  }
  return deepest;
}

/** A token makes at most so many levels: `a` by itself is a program, a statement, an expression and a name. */
const levels = (most: number) => 3 * most + 4;

describe("a row of short statements", () => {
  it("is what people write line by line", () => {
    const lines = [
      "const a: number = 1 + 1;",
      "let b = a / 2, c = a < 2; // don't",
      "const s = 'it is; ' + \"so\";",
      `const t = \`\${a} of \${b}; \`;`,
      "if (a) { b; } else { c; }",
      "function f(x: number[]) { return x[0]; }",
      "class A<T> { a = 1; }",
      'const r = s.replace(/[/\'"]/g, "") + (a + b) / 2 + f(a) / x[0];',
      "if (f(a) < 3 && !/'/.test(s)) b++;",
      "for (const x of [1, 2]) { f([x]); }",
      "do { a; } while (b);",
      "type T = { a: number };\nconst x = {}\nconst y = {}\nlet z;",
    ];
    for (const line of lines) expect(isRow(`${line}\n`.repeat(30), 50), line).toBe(true);
  });

  it("is none where a statement goes on behind a semicolon, a brace or a line", () => {
    const parts = ["if (a) b; else ", "if (a) {} else ", "do ", "{ ", "( ", "`${ ", "f(() => { a; ", "a\n+ "];
    for (const part of [...parts, "x = {}\n+ ", "(function () {})\n(", "try {} finally { ", "a ? {} : "])
      expect(isRow(part.repeat(30)), part).toBe(false);
  });

  it("says what takes long by the thousand", () => {
    for (const part of ["export {};", "@d class A {}", "class A { accessor a = 1 }"]) {
      expect(measureText(part)?.isCostly, part).toBe(true);
    }
  });

  it("is counted whole", () => {
    expect(measureText("a;".repeat(50))).toEqual({
      statement: 2,
      statements: 50,
      tokens: 100,
      ambiguity: 0,
      isCostly: false,
    });
    expect(measureText("if (a) { f(b < c, (d)); } else g(1);")).toMatchObject({
      statements: 1,
      ambiguity: 3,
    });
  });

  // What the grammar takes for a regular expression, JSX or a comment, and a reader of tokens might take for an operator,
  // hides a quote; from there on the two would read different texts, and brackets would hide in a string.
  it("hides nothing behind a quote, wherever a value may begin", () => {
    const deep = "(".repeat(200);
    const places = [
      ..."(,=:[!&|?{};+-*/%<>~^.)]}@#\n".split(""),
      ..."a 1 'a' `a` /a/ a! a++ a[0] a() ) } ] => ... ?. <b> <b/> </b>".split(" "),
      ..."if(a) while(a) for(;;) {} ()=>{} function(){} class{} a\n 1\n a[0]\n 'a'\n x:string\n x:string[]\n".split(
        " ",
      ),
      ..."abstract accessor any as assert asserts async await bigint boolean break case catch class const constructor continue debugger declare default defer delete do else enum export extends false finally for from function get global if implements import in infer instanceof interface intrinsic is keyof let module namespace never new null number object of out override package private protected public readonly require return satisfies set static string super switch symbol this throw true try type typeof undefined unique unknown using var void while with yield".split(
        " ",
      ),
    ];
    const hiding = [
      "/Q/",
      "/[/]Q/",
      "/\\/Q/",
      "<b>Q</b>",
      "<>Q</>",
      "<b c=Q",
      "//Q\n",
      "/*Q*/",
      "#!Q\n",
      "<!--Q\n",
      "-->Q\n",
      "\\Q",
    ];
    const wrong: string[] = [];
    let rows = 0;
    for (const place of places) {
      for (const before of ["", "x = ", "x; ", "(", "for (a of ", "let x: "]) {
        for (const hidden of hiding) {
          for (const quote of ["'", '"', "`"]) {
            const code = `${before}${place} ${hidden.replace("Q", quote)};${deep}${quote}`;
            if (!isRow(code, 60)) continue;
            rows += 1;
            if (depth(code) > levels(60)) wrong.push(code.slice(0, 60));
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(rows).toBeGreaterThan(100); // comments and divisions are seen through
  });

  it("nests no deeper than its tokens, in 20,000 heaps of tokens", () => {
    const next = random(11);
    let rows = 0;
    for (let n = 0; n < 20_000; n++) {
      const parts = Array.from({ length: 1 + next() * 4 }, () => tokenSoup(next).slice(0, 200));
      const code = parts.join(next() < 0.8 ? ";" : "}");
      if (!isRow(code, 10)) continue;
      rows += 1;
      expect(depth(code), code).toBeLessThanOrEqual(levels(10));
    }
    expect(rows).toBeGreaterThan(500);
  });

  it("is no deep cell, whatever stands before and behind it", () => {
    for (const [name, [make]] of Object.entries(deepCells)) {
      const code = make(300);
      for (const each of [code, `a;\n${code}`, `${code};\na;`, `a;{${code}}`, `class A {}\n${code}`]) {
        if (isRow(each, 30)) expect(depth(each), name).toBeLessThanOrEqual(levels(30));
      }
    }
  });
});
