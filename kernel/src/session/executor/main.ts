import { startWatchdog } from "../watchdog/startWatchdog.ts";

// The process of the cells. The thread first: it starts while the modules load.
const watchdog = startWatchdog();
const { startExecutor } = await import("./executor.ts");
startExecutor(watchdog);
