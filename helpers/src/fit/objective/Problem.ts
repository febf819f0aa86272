import type { Law } from "../../laws/definition/Law.ts";
import type { FitOptions } from "./FitOptions.ts";
import type { Table } from "./readRuns.ts";

/** What is to be minimised: a law, runs as columns, and how they are weighed. Plain data, no method. */
export interface Problem<V extends string = string, P extends string = string, R extends string = string> {
  readonly law: Law<V, P, R>;
  readonly table: Table;
  readonly options: Readonly<FitOptions<P>>;
}
