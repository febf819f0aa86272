/** Points, a line, or both, in Plotly's words; the part of Plotly 3.0's `scatter` that our figures use. */
export interface ScatterTrace {
  readonly type: "scatter";
  readonly mode: "lines" | "markers" | "lines+markers";
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly error_y?: ErrorBars;
  readonly marker?: {
    readonly symbol?: string;
    readonly size?: number;
    readonly color?: string | readonly number[];
    readonly colorscale?: string;
    readonly line?: { readonly color?: string; readonly width?: number };
  };
  readonly line?: { readonly color?: string; readonly dash?: string; readonly width?: number };
  readonly fill?: "tonexty";
  readonly fillcolor?: string;
  readonly legendgroup?: string;
  readonly showlegend?: boolean;
  readonly hovertemplate?: string;
  readonly text?: readonly string[];
}

/** Bars from y − arrayminus to y + array. */
export interface ErrorBars {
  readonly type: "data";
  readonly symmetric: boolean;
  readonly array: readonly number[];
  readonly arrayminus?: readonly number[];
  readonly color?: string;
}

/** A surface over a grid: z[row of y][column of x]. */
export interface ContourTrace {
  readonly type: "contour" | "heatmap";
  readonly name?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly (readonly number[])[];
  readonly colorscale: string;
  readonly contours?: {
    readonly coloring?: "lines" | "fill" | "heatmap";
    readonly showlabels?: boolean;
    readonly start?: number;
    readonly end?: number;
    readonly size?: number;
  };
  readonly line?: { readonly width?: number };
  readonly showscale?: boolean;
  readonly colorbar?: { readonly title?: { readonly text: string } };
  readonly hovertemplate?: string;
}

/** Bars that stand on one another where the layout's `barmode` is "stack"; told apart by pattern as well as colour. */
export interface BarTrace {
  readonly type: "bar";
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly marker: {
    readonly color: string;
    /** Plotly's shapes: "" is plain. */
    readonly pattern: {
      readonly shape: "" | "/" | "\\" | "x" | "-" | "|" | "+" | ".";
      /** Pixels from stroke to stroke; default 8. */ readonly size?: number;
      readonly fgcolor: string;
      /** Behind the strokes; without it Plotly leaves them on the page. */
      readonly bgcolor: string;
    };
    readonly line?: { readonly color?: string; readonly width?: number };
  };
  readonly hovertemplate?: string;
  readonly showlegend?: boolean;
}

/** A curve or points, bars, or contours. */
export type Trace = ScatterTrace | BarTrace | ContourTrace;

/** An axis as Plotly takes it. */
export interface FigureAxis {
  readonly title: { readonly text: string };
  readonly type: "linear" | "log";
  readonly exponentformat?: "power" | "B" | "none";
  /** Ends of the axis; powers of ten on a log axis. */
  readonly range?: readonly [number, number];
  readonly dtick?: number | string;
  /** "complete" labels 20 and 50 in full, where Plotly's default prints "2" and "5" (since Plotly 3.2; older ones ignore it). */
  readonly minorloglabels?: "complete";
  readonly zeroline?: boolean;
}

/** The part of a Plotly layout that figures set; any other attribute may stand beside. */
export interface FigureLayout {
  readonly title?: { readonly text: string };
  readonly xaxis: FigureAxis;
  readonly yaxis: FigureAxis;
  readonly legend?: object;
  readonly margin?: object;
  readonly font?: object;
  readonly template?: object;
  readonly width?: number;
  readonly height?: number;
  readonly [attribute: string]: unknown;
}

/** The figures behind a plot, for those who cannot see it or want the numbers. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What a figure is made of: Plotly traces and layout, the finding in words, the numbers as a table. */
export interface FigureParts {
  readonly data: readonly Trace[];
  readonly layout: FigureLayout;
  /** One sentence that states the finding. */
  readonly caption: string;
  readonly table: FigureTable;
}
