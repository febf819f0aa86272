import type { ConfigKeys } from "../ConfigKeys.ts";

/** Whole positive numbers by key, each with the value that the model's class supplies where the key is absent. */
export function wholes<Key extends string>(
  keys: ConfigKeys,
  standards: Readonly<Record<Key, number>>,
): Record<Key, number> {
  const read = {} as Record<Key, number>;
  for (const key of Object.keys(standards) as Key[]) read[key] = keys.whole(key, standards[key]);
  return read;
}
