import type { Schema, Table } from "isoflop-datasets";
import * as datasets from "isoflop-datasets";
import { nearestWord } from "../../text/nearestWord.ts";
import { type Datasheet, readDatasheet } from "./Datasheet.ts";

/** A table of the package. */
export interface Dataset {
  /** The name of its file, as commands take it. */
  readonly name: string;
  /** The name of its loader, as notebooks import it. */
  readonly loader: string;
  readonly load: Table<Schema>;
}

/** Every table of `isoflop-datasets` in the order of their names. Nothing is read yet. */
export function allDatasets(): Dataset[] {
  return Object.entries(datasets as Readonly<Record<string, unknown>>)
    .flatMap(([loader, value]) => (isTable(value) ? [{ name: value.table, loader, load: value }] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isTable = (value: unknown): value is Table<Schema> =>
  typeof value === "function" && Object.hasOwn(value, "table") && Object.hasOwn(value, "schema");

/**
 * The table of that name: of its file or its loader, whatever the case and the dashes.
 *
 * @throws RangeError with the nearest name
 */
export function findDataset(name: string): Dataset {
  const all = allDatasets();
  const key = (text: string) =>
    text
      .toLowerCase()
      .replace(/\.csv$/, "")
      .replace(/[\s_-]/g, "");
  const found = all.find((each) => key(each.name) === key(name));
  if (found) return found;
  const nearest = nearestWord(
    name,
    all.map((each) => each.name),
  );
  const meant = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  throw new RangeError(`no table is called "${shown}".${meant} isoflop datasets lists them all`);
}

/** Tables that speak of every one of these words, in their name, summary, paper or columns. */
export function searchDatasets(words: readonly string[]): { dataset: Dataset; sheet: Datasheet }[] {
  const wanted = words.flatMap((word) => word.toLowerCase().split(/\s+/)).filter(Boolean);
  return allDatasets()
    .map((dataset) => ({ dataset, sheet: readDatasheet(dataset.name) }))
    .filter(({ dataset, sheet }) => {
      const text = spokenOf(dataset, sheet).toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
}

const spokenOf = ({ name, loader }: Dataset, { summary, paper, columns }: Datasheet): string =>
  [
    name,
    loader,
    summary,
    paper?.title,
    paper?.arxiv,
    ...columns.flatMap((column) => [column.name, column.unit, column.meaning]),
  ].join("\n");
