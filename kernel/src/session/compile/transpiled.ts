import type { SourceMap } from "oxc-transform";

/** JavaScript and the way back to the TypeScript it came from. */
export interface Transpiled {
  code: string;
  map: SourceMap | undefined;
}
