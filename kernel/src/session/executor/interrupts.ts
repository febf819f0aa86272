import { InterruptState } from "../watchdog/interruptState.ts";
import { mainRealm } from "./mainRealm.ts";

/** The main thread's own. */
export const interruptState = new InterruptState(mainRealm.watchdog.memory);
