export type Pair = readonly [number, number];
/** From x and y to x and y. */
export type Box = readonly [number, number, number, number];

interface Look {
  /** One colour, or one for each. */
  readonly color: string | readonly string[];
  readonly opacity?: number;
}

/** What traces are drawn with; places are in the units of the axes, NaN for what lies nowhere. */
export type Mark =
  | (Look & {
      readonly type: "line";
      readonly points: readonly Pair[];
      readonly width: number;
      readonly dash?: string;
    })
  | (Look & { readonly type: "area"; readonly points: readonly Pair[] })
  | (Look & {
      readonly type: "points";
      readonly points: readonly Pair[];
      readonly size: number | readonly number[];
      readonly symbol: string;
    })
  /** A NaN stands for the foot of the axis. */
  | (Look & { readonly type: "boxes"; readonly boxes: readonly Box[]; readonly outline?: string })
  | (Look & { readonly type: "segments"; readonly segments: readonly Box[]; readonly width: number })
  | (Look & {
      readonly type: "texts";
      readonly texts: readonly (readonly [number, number, string])[];
      readonly place: "middle" | "above";
    });
