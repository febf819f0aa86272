import { interruptState } from "../watchdog/interruptState.ts";

/** What Node loads when it is first touched, and never anew if an interrupt breaks that off: its whole web client. */
const lazy = /\b(fetch|Headers|Request|Response|FormData|WebSocket|EventSource|MessageEvent|CloseEvent)\b/;
let isLoaded = false;

/** Loads that before the code which mentions it may be interrupted. */
export function loadLazyGlobals(source: string): void {
  if (isLoaded || !lazy.test(source)) return;
  isLoaded = true;
  interruptState.uninterrupted(() => globalThis.Response);
}
