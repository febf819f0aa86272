import { expect, test } from "vitest";
import { inspectCell } from "../../../src/language/answers/inspectCell.ts";
import { plainText } from "../../../src/language/answers/plainText.ts";

test.each<[string, string, string]>([
  ["a fence", "```typescript\nconst a: 1\n```\n\nText", "const a: 1\n\nText"],
  ["a fence of another kind", "~~~\na\n```\nb\n~~~\nc", "a\n```\nb\nc"],
  ["a longer fence", "````md\n```ts\n1\n```\n````", "```ts\n1\n```"],
  ["a fence without end", "a\n```ts\n1 * 2 * 3", "a\n1 * 2 * 3"],
  ["tags", "*@param* `n` — **how** many\n\n*@returns* a *sum*", "@param n — how many\n\n@returns a sum"],
  [
    "links",
    "see [the manual](https://a.b/c) and [https://d.e](https://d.e)",
    "see the manual (https://a.b/c) and https://d.e",
  ],
  ["code in text", "`a * b * c` is ``x`y`` \\* 2", "a * b * c is x`y * 2"],
  ["products in text", "2 * 3 * 4, a*b*c", "2 * 3 * 4, a*b*c"],
  ["a heading", "## Title\ntext", "Title\ntext"],
])("%s", (_, markdown, text) => expect(plainText(markdown)).toBe(text));

test("help of a million signs is read soon", () => {
  for (const sign of ["`", "*", "[", "](", "*a", "`a", "**a", "\n```", "[a](b", "\\", "~~~"]) {
    expect(() => plainText(sign.repeat(1e6 / sign.length))).not.toThrow();
    expect(() => plainText(`${sign.repeat(9_000 / sign.length)}\n`.repeat(20))).not.toThrow();
  }
});

test("what a front end shows as text has no marks of Markdown, what it shows as Markdown has", () => {
  const value =
    "```typescript\n(alias) function f(n: number): void\nimport f\n```\n\n*@param* `n` — a **count**";
  const { data } = inspectCell(
    { contents: { kind: "markdown", value } },
    "function f(n) { return [`n`, 2 * n * 2]; }",
  );
  expect(data["text/plain"]).toBe(
    "function f(n: number): void\n\n@param n — a count\n\nSource:\n\nfunction f(n) { return [`n`, 2 * n * 2]; }",
  );
  expect(data["text/markdown"]).toContain("```typescript\nfunction f(n: number): void\n```");
});
