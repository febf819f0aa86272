import { readFileSync } from "node:fs";

/** A configuration and the counts that it must give. */
export interface Vector {
  readonly name: string;
  readonly hfId?: string;
  readonly total: number;
  readonly active: number;
  /** Absent for a tower without tokens. */
  readonly embedding?: number;
  readonly kvBytesPerToken?: number;
  readonly prediction?: number;
  /** Values that a cache holds beside those of tokens. */
  readonly stateElements?: number;
  readonly config: Readonly<Record<string, unknown>>;
}

export function readVectors(file: string): Vector[] {
  const text = readFileSync(new URL(`vectors/${file}`, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
