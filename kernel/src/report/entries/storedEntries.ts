import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { claimMimeType } from "isoflop";
import { claimsOf } from "../claims.ts";
import type { IndexEntry } from "./IndexEntry.ts";

/** The element of the index that holds its entries for the next run into the same folder. */
const [opening, closing] = ['<script type="application/json" id="entries">', "</script>"];

/** The page of an index with its entries as data at the end, which a browser neither shows nor runs. */
export function withStoredEntries(html: string, entries: readonly IndexEntry[]): string {
  // Nothing in a text may end the element.
  const data = JSON.stringify(entries.map(lasting)).replaceAll("<", "\\u003c");
  const end = html.lastIndexOf("</body>");
  return `${html.slice(0, end)}${opening}${data}${closing}\n${html.slice(end)}`;
}

const fields = [
  "name",
  "page",
  "title",
  "summary",
  "claims",
  "figures",
  "seconds",
  "failure",
  "hasNoPage",
] as const;

/** Of the results of a run, which carry more, what the index says. */
const lasting = (entry: IndexEntry) => Object.fromEntries(fields.map((field) => [field, entry[field]]));

/**
 * What earlier runs left in a folder: the entries of its index whose pages are still there. None where the index is of
 * another program, or was damaged; it is then written anew.
 */
export function readStoredEntries(folder: string): IndexEntry[] {
  const path = join(folder, "index.html");
  if (!existsSync(path)) return [];
  try {
    const html = readFileSync(path, "utf8");
    const start = html.lastIndexOf(opening);
    if (start < 0) return [];
    const text = html.slice(start + opening.length, html.indexOf(closing, start));
    const entries: unknown = JSON.parse(text);
    return (Array.isArray(entries) ? entries : [])
      .filter(isEntry)
      .filter(({ name, page = name }) => existsSync(join(folder, `${page}.html`)));
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is IndexEntry {
  const { name, page, title, summary, claims, figures, seconds, failure, hasNoPage } = (value ??
    {}) as Partial<Record<keyof IndexEntry, unknown>>;
  const isText = (one: unknown) => typeof one === "string";
  return (
    isFileName(name) &&
    (page === undefined || isFileName(page)) &&
    isText(title) &&
    isText(summary) &&
    Number.isFinite(figures) &&
    (seconds === undefined || Number.isFinite(seconds)) &&
    (failure === undefined || isText(failure)) &&
    hasNoPage !== true &&
    Array.isArray(claims) &&
    areClaims(claims)
  );
}

/** A name leads into the folder and nowhere else. */
const isFileName = (value: unknown) => typeof value === "string" && value !== "" && !/[/\\\0]/.test(value);

function areClaims(claims: readonly unknown[]): boolean {
  if (claims.length === 0) return true;
  // Throws where one of them is none.
  const data = { [claimMimeType]: claims };
  claimsOf({ output_type: "display_data", data, metadata: {} });
  return true;
}
