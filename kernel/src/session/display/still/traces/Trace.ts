import type { Axis } from "../axes/Axis.ts";
import type { Fields } from "../read/fields.ts";

/** A trace on two axes. */
export interface Trace {
  readonly type: string;
  readonly fields: Fields;
  readonly name: string;
  /** Of its place among the traces, unless it has one of its own. */
  readonly color: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Whether the trace has its categories on the y axis: bars that lie. */
  readonly isFlat: boolean;
}
