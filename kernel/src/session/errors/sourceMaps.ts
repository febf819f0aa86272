import type { SourceMapInput } from "@jridgewell/trace-mapping";
import { TracedMap } from "../maps/TracedMap.ts";

export interface Position {
  /** 1-based */
  line: number;
  /** 1-based */
  column: number;
}

interface MappedSource {
  label: string;
  /** TypeScript as written, for code frames. */
  source: string;
  /** From the code that runs back to what was written, one map a step. */
  maps: SourceMapInput[];
  traced?: TracedMap[];
}

/** Of a very long session the oldest cells lose their positions, not their code. */
const kept = 2000;
const sources = new Map<string, MappedSource>();

let forward: typeof registerSource | undefined;

/** Hands what is registered here to another realm's copy of this module, in which the stack traces are made. */
export function forwardSources(to: typeof registerSource): void {
  forward = to;
}

/** Remembers how code that runs under the name `file` came from `source`. */
export function registerSource(
  file: string,
  source: string,
  maps: (SourceMapInput | undefined)[],
  label = file,
): void {
  if (forward) {
    const texts = maps.map((map) => (typeof map === "object" ? JSON.stringify(map) : map));
    forward(file, source, texts, label);
    return;
  }
  sources.delete(file);
  if (sources.size >= kept) sources.delete(sources.keys().next().value as string);
  sources.set(file, { label, source, maps: maps.filter((map) => map !== undefined) });
}

/** What a stack trace calls the file. */
export function labelOf(file: string): string {
  return sources.get(file)?.label ?? file;
}

export function sourceOf(file: string): string | undefined {
  return sources.get(file)?.source;
}

/** Where a position of the running code stands in the TypeScript; undefined where the file is not ours. */
export function originalPosition(file: string, position: Position): Position | undefined {
  const mapped = sources.get(file);
  if (!mapped) return undefined;
  mapped.traced ??= mapped.maps.map((map) => new TracedMap(map));
  let at = { line: position.line, column: position.column - 1 };
  for (const map of mapped.traced) {
    const found = map.toOriginal(at);
    if (!found) break;
    at = found;
  }
  return { line: at.line, column: at.column + 1 };
}
