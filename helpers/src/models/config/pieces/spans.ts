import type { AttentionSpan } from "../../blocks/Attention.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";

/** Looks back at everything. */
export const full: AttentionSpan = { kind: "full" };

/** A window of the tokens under `key`, or everything where the key is absent or 0. */
export function windowed(keys: ConfigKeys, key = "sliding_window", standard = 0): AttentionSpan {
  const tokens = keys.whole(key, keys.isNull(key) ? 0 : standard, 0);
  return tokens > 0 ? { kind: "window", tokens } : full;
}
