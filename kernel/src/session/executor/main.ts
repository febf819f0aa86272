import { startWatchdog } from "../watchdog/startWatchdog.ts";

// The process of the cells. The thread first: it starts while the modules load.
const watchdog = startWatchdog();
// All of them in one file, which loads in half the time; scripts/bundle.js makes it.
const { startExecutor }: typeof import("./executor.ts") = await import(
  new URL("../program/executor.js", import.meta.url).href
);
startExecutor(watchdog);
