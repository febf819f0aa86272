import { dirname } from "node:path";
import { magicsName } from "../compile/magicsName.ts";
import { isDisplayHandle } from "../display/display.ts";
import { forwardSources } from "../errors/sourceMaps.ts";
import { receiveComm } from "../frontend/comm.ts";
import { setHost } from "../frontend/host.ts";
import { installInput } from "../globals/cellInput.ts";
import { hidePromiseSymbols } from "../globals/hidePromiseSymbols.ts";
import { SessionHistory } from "../globals/history.ts";
import { installGlobals } from "../globals/installGlobals.ts";
import { makeModule } from "../globals/programModule.ts";
import { installStreams } from "../globals/streams.ts";
import type { CommMessage } from "../messages/executorMessages.ts";
import { makeImportMeta, notebookFile } from "../modules/importMeta.ts";
import { tellLoading } from "../modules/loadAtOnce.ts";
import { type Importer, Loaders } from "../modules/loaders.ts";
import { watchHooks } from "../modules/moduleHooks.ts";
import { virtualModules } from "../modules/resolve/virtualModules.ts";
import * as tslab from "../tslab.ts";
import type { Watchdog } from "../watchdog/startWatchdog.ts";
import type { SessionMagics } from "./magics/SessionMagics.ts";
import { startCore } from "./startCore.ts";

/**
 * Runs cells in this process. What stands here belongs to their realm; the loop that runs them is `core.ts`, which no
 * cell can reach.
 */
export function startExecutor(watchdog: Watchdog): void {
  const notebook = notebookFile(process.cwd());
  const { parse } = JSON;
  const loaders = new Loaders(process.cwd(), { tslab });
  const importer = loaders.makeImport(notebook);
  const load = async (...args: Parameters<Importer>) => {
    const begun = core.loading.begin();
    try {
      return await importer(...args);
    } finally {
      core.loading.end(begun);
    }
  };
  const main = makeModule(notebook);
  const history = new SessionHistory();
  history.install();
  const core = startCore({
    watchdog,
    $import: Object.assign(load, { named: importer.named }),
    $meta: makeImportMeta(notebook, loaders.tsconfig),
    prepareRequire: async () => void (await loaders.prepare()),
    isDisplayHandle,
    receiveComm: (message) => receiveComm(parse(message) as CommMessage),
    addModule: virtualModules.set,
    programNames: {
      module: main,
      exports: main.exports,
      __filename: notebook,
      __dirname: dirname(notebook),
    },
    loadDeno: async () => (await import("../deno/Deno.ts")).Deno,
    addInput: (number, source) => history.addInput(number, source),
    addOutput: (number, value) => history.addOutput(number, value),
  });

  forwardSources(core.registerSource);
  tellLoading(core.loading.setWhole);
  watchHooks();
  setHost({
    ...core.host,
    // a promise of the cells' own realm
    input: async (text, password) => core.host.input(text, password),
  });
  installStreams(core.writeStream);
  installInput();
  const require = Object.assign(loaders.makeRequire(notebook), { main });
  installGlobals({ require, usingContext: core.usingContext });
  const magics: SessionMagics = {
    ...core.magics,
    // errors on the way to a promise are the promise's, and it is one of the cells' own realm
    command: async (...args) => core.magics.command(...args),
    script: async (...args) => core.magics.script(...args),
    timeit: async (...args) => core.magics.timeit(...args),
  };
  Object.defineProperty(globalThis, magicsName, { value: Object.freeze(magics) });
  hidePromiseSymbols();
  // Node calls `process.emit` for what nobody caught: its own copy outlives what cells do to EventEmitter.
  Object.defineProperty(process, "emit", { value: process.emit, writable: true, configurable: true });
  // Node's own loop asks typed arrays for it at every turn: where it throws, nothing runs any more, the kernel neither.
  Object.defineProperty(Object.getPrototypeOf(Uint8Array.prototype), "length", { configurable: false });
  process.on("uncaughtException", core.onStrayError);
  process.on("unhandledRejection", core.onStrayError);
  process.on("SIGINT", () => {}); // a terminal sends it to the whole group; the server tells us itself
  process.on("exit", core.flushStream);
  core.begin();
}
