import { columnOf } from "./columnOf.ts";
import { colorOf, type Fields, fields, textOf, titleOf } from "./fields.ts";

/** A trace before it has axes. */
export interface RawTrace {
  readonly type: string;
  readonly fields: Fields;
  readonly name: string;
  readonly color: string;
  readonly isFlat: boolean;
}

/** More are not drawn: they could not be told apart. */
const mostTraces = 300;

const plotlyColors = [
  ...["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd"],
  ...["#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"],
];

/** The colours that traces take in turn. */
export function colorway(layout: Fields): string[] {
  const own = columnOf(layout.colorway ?? fields(fields(layout.template).layout).colorway);
  const colors = own.flatMap((each) => colorOf(each) ?? []);
  return colors.length > 0 ? colors : plotlyColors;
}

/** The traces that are to be seen. */
export function tracesOf(data: unknown, layout: Fields): RawTrace[] {
  const colors = colorway(layout);
  return columnOf(data)
    .slice(0, mostTraces)
    .map((each, index) => {
      const own = withColorAxis(fields(each), layout);
      const type = (textOf(own.type) ?? "scatter").replace(/gl$/, "");
      const marked = colorOf(fields(own.marker).color);
      const stroke = colorOf(fields(own.line).color);
      const turn = colors[index % colors.length] as string;
      const color = (type === "scatter" ? (stroke ?? marked) : (marked ?? stroke)) ?? turn;
      return {
        type,
        fields: own,
        name: textOf(own.name) ?? `trace ${index}`,
        color,
        isFlat: isFlat(type, own),
      };
    })
    .filter(({ fields: own }) => own.visible === undefined || own.visible === true);
}

function isFlat(type: string, own: Fields): boolean {
  if (own.orientation === "h" || own.orientation === "v") return own.orientation === "h";
  const has = (name: string) => columnOf(own[name]).length > 0;
  if (type === "histogram") return !has("x") && has("y");
  return (type === "box" || type === "violin") && has("x") && !has("y");
}

/** Scales that several traces share stand in the layout. */
function withColorAxis(own: Fields, layout: Fields): Fields {
  const shared = (name: unknown) => {
    const axis = textOf(name);
    if (!axis?.startsWith("coloraxis")) return undefined;
    const { colorscale, cmin, cmax, reversescale, colorbar } = fields(layout[axis]);
    const scales = fields(fields(fields(layout.template).layout).colorscale);
    const kept = {
      colorscale: colorscale ?? scales.sequential,
      cmin,
      cmax,
      reversescale,
      showscale: true,
      colorbar,
    };
    return { ...kept, zmin: cmin, zmax: cmax };
  };
  const marker = fields(own.marker);
  const [ofTrace, ofMarker] = [shared(own.coloraxis), shared(marker.coloraxis)];
  return { ...own, ...ofTrace, ...(ofMarker ? { marker: { ...marker, ...ofMarker } } : {}) };
}

/** The title of a trace's scale. */
export function scaleTitle(own: Fields): string {
  return titleOf(fields(own.colorbar).title);
}
