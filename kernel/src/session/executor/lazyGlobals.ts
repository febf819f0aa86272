import { interruptState } from "./interrupts.ts";
import { mainRealm } from "./mainRealm.ts";

/** What Node loads when it is first touched, and never anew if an interrupt breaks that off: its whole web client. */
const lazy = /\b(fetch|Headers|Request|Response|FormData|WebSocket|EventSource|MessageEvent|CloseEvent)\b/;
const { apply, getOwnPropertyDescriptor } = Reflect;
/** Node's own, before a cell can put another in its place. */
const load = getOwnPropertyDescriptor(mainRealm.globalThis, "Response")?.get;
let isLoaded = load === undefined;

/** Loads that before the code which mentions it may be interrupted. */
export function loadLazyGlobals(source: string): void {
  if (isLoaded || !lazy.test(source)) return;
  isLoaded = true;
  interruptState.uninterrupted(() => apply(load as () => unknown, mainRealm.globalThis, []));
}
