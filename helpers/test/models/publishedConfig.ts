import { type Model, modelFromConfig } from "isoflop";
import { readVectors } from "./readVectors.ts";

const rows = readVectors("published.jsonl");

/** The keys of a published model, some of them changed. */
export function publishedConfig(name: string, changed: object = {}): Record<string, unknown> {
  const row = rows.find((each) => each.name === name);
  if (!row) throw new Error(`no published row is called ${name}`);
  return { ...row.config, ...changed };
}

/** A published model, some of its keys changed. */
export function published(name: string, changed: object = {}): Model {
  return modelFromConfig(publishedConfig(name, changed));
}
