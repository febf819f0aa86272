import { readFileSync, statSync } from "node:fs";
import type { Namespace } from "../namespace.ts";

/** A JSON file as a module: its members by name, the whole by default. */
export function importedJson(file: string): Namespace {
  const value = parse(file);
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return { ...(isRecord && value), default: value };
}

const required = new Map<string, { stamp: string; value: unknown }>();

/** A JSON file as `require` gives it: the same object each time, until the file is edited. */
export function requiredJson(file: string): unknown {
  const { mtimeMs, size } = statSync(file);
  const stamp = `${mtimeMs} ${size}`;
  const known = required.get(file);
  if (known?.stamp === stamp) return known.value;
  const value = parse(file);
  required.set(file, { stamp, value });
  return value;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) error.message = `${file}: ${error.message}`;
    throw error;
  }
}
