import type { MessagePort } from "node:worker_threads";

/** What Node asks a port for when a message has come; https://github.com/nodejs/node/blob/main/lib/internal/per_context/messageport.js */
const dispatch = Symbol.for("nodejs.internal.kHybridDispatch");

type Dispatching = Record<symbol, unknown>;

/**
 * Calls back for each message of a port, which keeps no process alive. It goes below Node's events, whose prototypes
 * cells may rebuild.
 */
export function listen<T>(port: MessagePort, onMessage: (message: T) => void): void {
  if (typeof (port as unknown as Dispatching)[dispatch] === "function") {
    const value = (message: T, type: string) => {
      if (type === "message") onMessage(message);
    };
    Reflect.defineProperty(port, dispatch, { value });
    port.start();
  } else {
    port.on("message", onMessage);
  }
  port.unref();
}
