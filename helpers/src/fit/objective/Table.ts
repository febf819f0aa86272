/** Runs as the engine sees them: kernel columns, the response, and a weight for each row. */
export interface Table {
  readonly n: number;
  readonly x: readonly Float64Array[];
  readonly y: Float64Array;
  readonly w: Float64Array;
}
