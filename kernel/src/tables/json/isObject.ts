import type { JsonRecord } from "./JsonRecord.ts";

/** Whether a value of a JSON text is an object, and no array. */
export const isObject = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether it is an array of one object or more, and of nothing else. */
export const isListOfObjects = (value: unknown): value is readonly JsonRecord[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);
