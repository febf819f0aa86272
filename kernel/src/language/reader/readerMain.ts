import vm from "node:vm";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import type { CompiledCell } from "../../session/messages/executorMessages.ts";
import type { Reply, Request } from "./readerWork.ts";

// The process that reads long cells. A thread with a large stack does the work, so that thousands of levels are read;
// what is too deep even for it ends this process, which then is started anew, and never the kernel's.

const stackSizeMb = 256;
const maxOldGenerationSizeMb = 3_072;

if (isMainThread) serve();
else await work();

function serve(): void {
  const thread = new Worker(new URL(import.meta.url), {
    resourceLimits: { stackSizeMb, maxOldGenerationSizeMb },
  });
  const send = (reply: Reply) => process.send?.(reply);
  thread.on("message", (reply: Reply) => send(withinStack(reply)));
  thread.on("error", ({ message }) => send({ ended: message }));
  process.on("message", (request: Request) => thread.postMessage(request));
  // Not exit(): that waits for the thread.
  const end = () => process.kill(process.pid, "SIGKILL");
  process.on("disconnect", end);
  if (!process.connected) end(); // the kernel was gone before this could hear of it
}

/** Compiled code that V8 has no room for, seen here where the stack is as large as where the code is to run. */
function withinStack(reply: Reply): Reply {
  const code = "value" in reply ? (reply.value as Partial<CompiledCell>)?.code : undefined;
  if (code === undefined || !(reply as { value: { maps?: unknown } }).value.maps) return reply;
  try {
    compileWhole(code);
  } catch (error) {
    if ((error as Error).name !== "RangeError") return reply; // the executor will say it
    const message =
      "the cell nests too deeply: JavaScript's compiler has room for about 750 functions, 1,500 brackets or 5,000 " +
      "blocks inside each other; build deep data in a loop, or read it with JSON.parse";
    return { error: { name: "SyntaxError", message, stack: `SyntaxError: ${message}` } };
  }
  return reply;
}

/**
 * V8 compiles a function only when it is called, and takes more stack for it than for looking it over. So the cell's
 * function is called, in a context of its own, and made to return before its first statement.
 */
function compileWhole(code: string): void {
  const script = new vm.Script(code.replace("{", "{ if ($isOnlyCompiled) return;"));
  const cell = script.runInContext(vm.createContext({ $isOnlyCompiled: true })) as () => Promise<undefined>;
  void cell();
}

async function work(): Promise<void> {
  const { readerWork } = await import("./readerWork.ts");
  const port = parentPort as NonNullable<typeof parentPort>;
  port.on("message", ({ task, args }: Request) => {
    try {
      const value = (readerWork[task] as (...args: unknown[]) => unknown)(...args);
      port.postMessage({ value } satisfies Reply);
    } catch (error) {
      const { name, message, stack } = error as Error;
      port.postMessage({ error: { name, message, stack } } satisfies Reply);
    }
  });
}
