/** What an instance tells whoever drives it. */
export interface Driver {
  /** A request whose prompt is computed leaves for an instance that decodes. */
  prefilled(request: number, nowS: number): void;
  done(request: number, nowS: number): void;
}
