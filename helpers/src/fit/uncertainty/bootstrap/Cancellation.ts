/** The part of the web's AbortSignal that is used, so that no platform's types are needed. */
export interface Cancellation {
  readonly aborted: boolean;
  readonly reason?: unknown;
}
