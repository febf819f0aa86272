import { parseSync, Visitor } from "oxc-parser";

/** A cell as the tests read it. */
export interface Cell {
  readonly id: string;
  readonly cell_type: "code" | "markdown";
  readonly source: string;
  readonly outputs?: readonly unknown[];
  readonly execution_count?: number | null;
}

/**
 * Results that are typed into the notebook's text instead of printed by `${…}`: numbers of its Markdown, captions,
 * notes and verdict that nothing accounts for. A number is accounted for where it stands in the code (a setting, a
 * figure beside a claim), where the first cell says what the papers claim, and among the figures given.
 *
 * It cannot see a result in words ("a third"), a whole number up to ten that is no percentage, nor one that happens
 * to equal a setting.
 *
 * @param figures what the papers print, and facts of their data, that the text quotes beside no claim
 */
export function typedResults(cells: readonly Cell[], figures: readonly string[] = []): string[] {
  const [first, ...rest] = cells;
  const [claimed = "", verdict = ""] = first!.source.split("**Verdict.**");
  const known = new Set([...numbersIn(claimed), ...figures].map(sizeOf));
  const prose = [verdict];
  for (const { cell_type, source } of rest) {
    if (cell_type === "markdown") {
      prose.push(source);
      continue;
    }
    const code = readCode(source);
    prose.push(...code.prose);
    for (const value of [...code.literals, ...code.quoted.flatMap(numbersIn).map(sizeOf)]) known.add(value);
  }
  const isKnown = (written: string) =>
    known.has(sizeOf(written)) || (written.endsWith("%") && known.has(sizeOf(written) / 100));
  return [...new Set(prose.flatMap(numbersIn))].filter((written) => !isKnown(written));
}

// "section 3.2", "Tables 1 and 2", "appendix A.5", "arXiv 2404.10102", "Besiroglu et al. 2024", links, `code`
const references =
  /\b(sections?|tables?|figures?|equations?|appendix|approach(es)?|part|arxiv)\s+[A-Z]?\d+(\.\d+)*(v\d)?((,| and| to| or)\s+[A-Z]?\d+(\.\d+)*)*|et al\.,? \d{4}|\]\([^)]*\)|`[^`]*`/gi;
const number = /(?<![\w.^{])[-−+]?((\d{1,3}(,\d{3})+|\d+)(\.\d+)?|\.\d+)(e[+-]?\d+)?(\s?%)?/g;

/** The numbers of a text, save references to places and papers and whole numbers up to ten. */
function numbersIn(text: string): string[] {
  const isSmall = (value: number) => Number.isInteger(value) && value <= 10;
  const written = text.replace(references, " ").match(number) ?? [];
  return written.filter((one) => one.endsWith("%") || !isSmall(sizeOf(one)));
}

/** The size of a number as written: "−.087" is 0.087, "4,000" is 4000, "39 %" is 39. */
const sizeOf = (written: string) => Math.abs(Number(written.replace("−", "-").replaceAll(/[,%\s]|^\+/g, "")));

const proseKeys = ["caption", "because", "note", "found"];
const paperKeys = ["source", "printed"];

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Of a cell's code the numbers, what it quotes from the paper, and what it shows as text, without what is computed. */
function readCode(code: string): { literals: number[]; quoted: string[]; prose: string[] } {
  const literals: number[] = [];
  const texts: (Span & { text: string })[] = [];
  const named: (Span & { name: string })[] = [];
  const { program, errors } = parseSync("cell.ts", code);
  if (errors.length > 0) throw new SyntaxError(`${errors[0]!.message} in the cell\n${code}`);
  new Visitor({
    Literal({ start, end, value }) {
      if (typeof value === "number") literals.push(value);
      if (typeof value === "string") texts.push({ start, end, text: value });
    },
    TemplateElement({ start, end, value }) {
      texts.push({ start, end, text: value.cooked ?? value.raw });
    },
    Property({ key, value: { start, end } }) {
      if (key.type === "Identifier") named.push({ name: key.name, start, end });
    },
    // A text too long for its row stands before it under the name of its key.
    VariableDeclarator({ id, init }) {
      if (id.type === "Identifier" && init) named.push({ name: id.name, start: init.start, end: init.end });
    },
    TaggedTemplateExpression({ tag, quasi: { start, end } }) {
      if (tag.type === "Identifier" && tag.name === "md") named.push({ name: "note", start, end });
    },
  }).visit(program);
  const textsUnder = (keys: readonly string[]) =>
    named
      .filter(({ name }) => keys.includes(name))
      .flatMap(({ start, end }) => texts.filter((one) => one.start >= start && one.end <= end))
      .map(({ text }) => text);
  return { literals, quoted: textsUnder(paperKeys), prose: textsUnder(proseKeys) };
}
