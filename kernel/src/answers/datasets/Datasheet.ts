import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A column as a datasheet describes it. */
export interface DescribedColumn {
  /** Its name in the file. */
  readonly name: string;
  /** What a cell may hold: `number > 0`, `text`, `0 or 1`, each perhaps `or none`. */
  readonly type: string;
  /** What one is counted or measured in; empty for texts. */
  readonly unit: string;
  readonly meaning: string;
}

/** What is known of a table besides its rows. */
export interface Datasheet {
  /** What the table holds, in a sentence or two. */
  readonly summary: string;
  readonly rows: number;
  readonly columns: readonly DescribedColumn[];
  /** Paragraphs by the words they begin with, such as Source, Licence and Cautions, in the order of the sheet. */
  readonly paragraphs: ReadonlyMap<string, string>;
  /** The paper it comes from, or the first that is named. */
  readonly paper?: Paper;
}

export interface Paper {
  readonly title?: string;
  readonly arxiv: string;
}

/** The folder of the installed tables, wherever the kernel is installed. */
export function tablesFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve("isoflop-datasets/package.json")), "tables");
}

/**
 * Reads the datasheet that lies beside a table.
 *
 * @throws Error where the package has none
 */
export function readDatasheet(table: string): Datasheet {
  let text: string;
  try {
    text = readFileSync(join(tablesFolder(), `${table}.md`), "utf8");
  } catch (error) {
    throw new Error(`isoflop-datasets has no datasheet of ${table}; install the package anew`, {
      cause: error,
    });
  }
  return parseDatasheet(text);
}

/** Reads the text of a datasheet: Markdown with a heading, a summary, a table of columns and paragraphs with bold beginnings. */
export function parseDatasheet(text: string): Datasheet {
  const blocks = text
    .replaceAll("\r\n", "\n")
    .trim()
    .split(/\n{2,}/);
  const isTable = (block: string) => block.startsWith("|");
  const begun = blocks.flatMap((block) => {
    const [, words, rest] = /^\*\*(.+?)\.?\*\*\s*(.*)$/s.exec(block) ?? [];
    return words === undefined ? [] : [[words, oneLine(rest!)] as const];
  });
  const summary = blocks.filter((block) => !/^[|#]|^\*\*/.test(block)).map(oneLine)[0] ?? "";
  const paragraphs = new Map(begun);
  const paper = paperOf(summary) ?? paperOf([...paragraphs.values()].join(" "));
  return {
    summary,
    rows: Number.parseInt(paragraphs.get("Rows") ?? "", 10),
    columns: columnsOf(blocks.find(isTable) ?? ""),
    paragraphs,
    ...(paper && { paper }),
  };
}

function columnsOf(table: string): DescribedColumn[] {
  const [, , ...rows] = table.split("\n");
  return rows.map((row) => {
    const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
    const [, name = "", type = "", unit = "", meaning = ""] = cells;
    return { name: name.replaceAll("`", ""), type: type.replaceAll("`", ""), unit, meaning };
  });
}

function paperOf(text: string): Paper | undefined {
  const titled = /[“"]([^“”"]+)[”"],?\s+arXiv[: ](\d{4}\.\d{4,5})/.exec(text);
  if (titled) return { title: titled[1]!, arxiv: titled[2]! };
  const [, arxiv] = /arXiv[: ](\d{4}\.\d{4,5})/.exec(text) ?? [];
  return arxiv === undefined ? undefined : { arxiv };
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, " ").trim();
