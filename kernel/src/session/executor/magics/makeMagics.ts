import { types } from "node:util";
import { writeStream } from "../channel.ts";
import type { RunningCell } from "../RunningCell.ts";
import { changeFolder, environment, shownFolder } from "./environment.ts";
import { runCommand } from "./runCommand.ts";
import type { SessionMagics } from "./SessionMagics.ts";
import { describeElapsed, Stopwatch } from "./Stopwatch.ts";
import { timeit } from "./timeit.ts";
import { who, whos } from "./who.ts";

/** What the cells' magics do; `running` is the cell that asks, which ends what it started when it is interrupted. */
export function makeMagics(running: () => RunningCell | undefined): SessionMagics {
  let stopwatch = new Stopwatch();
  return {
    command(command) {
      const isWindows = process.platform === "win32";
      const [file, args] = isWindows
        ? ["cmd.exe", ["/d", "/s", "/c", command]]
        : ["/bin/sh", ["-c", command]];
      return runCommand({ file: file as string, args: args as string[], name: `!${command}` }, running());
    },
    script: (shell, options, script) =>
      runCommand({ file: shell, args: [...options, "-c", script], name: `%%${shell}` }, running()),
    cd: changeFolder,
    pwd: shownFolder,
    env: environment,
    who,
    whos,
    print: (text) => writeStream("stdout", text),
    timer() {
      stopwatch = new Stopwatch();
      return undefined;
    },
    timed(_started, value) {
      const elapsed = stopwatch.stop();
      writeStream("stdout", describeElapsed(elapsed, types.isPromise(value)));
      return value;
    },
    async timeit(options, loop) {
      const text = await timeit(options, loop);
      if (text) writeStream("stdout", text);
    },
  };
}
