import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";
import type { HierarchySpec } from "./Hierarchy.ts";

/** What is to be predicted. */
export interface PartsQuery<L> {
  readonly labels: L;
  /** One of the kinds of the hierarchy. */
  readonly kind: string;
  /** Ideal quantities of the parts, in their order; the unit is that of the value. */
  readonly parts: ArrayLike<number>;
}

/** What was measured. */
export interface PartsObservation<L> extends PartsQuery<L> {
  /** The measured sum, > 0. A rate is given as its inverse. */
  readonly value: number;
}

/** Throws unless the query has a known kind and parts of which none is negative and one is > 0. */
export function requireQuery<L>(spec: HierarchySpec<L>, query: PartsQuery<L>, of: string): void {
  const { parts, kind, labels } = query;
  if (labels === null || typeof labels !== "object") {
    throw refusal(`${of}.labels`, "must be an object", describeGiven(labels), "give what the effects read");
  }
  if (!spec.kinds.some(({ name }) => name === kind)) {
    throw new RangeError(
      `${of}.kind must be ${spec.kinds.map(({ name }) => name).join(" or ")}, got ${kind}`,
    );
  }
  if (parts?.length !== spec.parts.length) {
    throw new RangeError(
      `${of}.parts must be ${spec.parts.length} numbers (${spec.parts.map(({ name }) => name).join(", ")}), got ${
        parts ? parts.length : describeGiven(parts)
      }`,
    );
  }
  let total = 0;
  for (let k = 0; k < parts.length; k++) {
    const part = parts[k]!;
    if (!(Number.isFinite(part) && part >= 0)) {
      throw refusal(
        `${of}.parts[${k}] (${spec.parts[k]!.name})`,
        "must be a finite number >= 0",
        part,
        "0 is none",
      );
    }
    total += part;
  }
  if (!(total > 0)) throw refusal(`${of}.parts`, "must add up to more than 0", total, "give what takes time");
}

/** Throws unless the row can be calibrated on. */
export function requireObservation<L>(spec: HierarchySpec<L>, row: PartsObservation<L>, of: string): void {
  if (row === null || typeof row !== "object") {
    throw refusal(of, "must be { labels, kind, parts, value }", describeGiven(row), "drop it");
  }
  requireQuery(spec, row, of);
  if (!(Number.isFinite(row.value) && row.value > 0)) {
    throw refusal(`${of}.value`, "must be a finite number > 0", row.value, "drop the row or fix the file");
  }
}
