export { Figure, plotlyMimeType } from "./Figure.ts";
export type {
  BarTrace,
  ContourTrace,
  ErrorBars,
  FigureAxis,
  FigureLayout,
  FigureParts,
  FigureTable,
  ScatterTrace,
  Trace,
} from "./FigureParts.ts";
export type { AxisOptions } from "./figureLayout.ts";
export { isoflopFigure } from "./isoflopFigure.ts";
export { type LossContourOptions, lossContourFigure } from "./lossContourFigure.ts";
export { memoryFigure } from "./memoryFigure.ts";
export { type ProfileContourFigureOptions, profileContourFigure } from "./profileContourFigure.ts";
export { type NamedFit, residualsFigure } from "./residualsFigure.ts";
export { rooflineFigure } from "./rooflineFigure.ts";
export { type ServingCurve, type ServingFigureQuantity, servingFigure } from "./servingFigure.ts";
export { servingFrontierFigure } from "./servingFrontierFigure.ts";
export { type Series, type XyFigureOptions, xyFigure } from "./xyFigure.ts";
