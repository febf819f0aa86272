import type { Tower } from "../../Model.ts";

/** A tower, and the width of what comes out of it. */
export interface VisionTower {
  readonly tower: Tower;
  readonly width: number;
}
