import type { ClaimRecord } from "isoflop";

/** What the index says of one notebook. */
export interface IndexEntry {
  /** File name without ".ipynb". */
  name: string;
  /** Its page without ".html", where that is not its name: the index has a name, too. */
  page?: string;
  title: string;
  /** In Markdown. */
  summary: string;
  claims: readonly ClaimRecord[];
  figures: number;
  seconds?: number;
  /** What failed in it, in one line. */
  failure?: string;
  /** True when it failed before it had a page: its kernel did not start, or its claims contradict each other. */
  hasNoPage?: boolean;
}
