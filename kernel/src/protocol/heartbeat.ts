import { Dealer, Router, Proxy as SocketProxy } from "zeromq";
import { forEachMessage } from "./forEachMessage.ts";
import { limits } from "./limits.ts";

const longestCloseMs = 500;
const restartAfterMs = 1000;
let echoes = 0;

/**
 * The echo by which clients know that the kernel lives: whatever comes goes back. It runs in a thread of its own that
 * knows nothing of JavaScript, so that nothing delays it: ZeroMQ's proxy passes what a ROUTER hears to a DEALER that is
 * connected to itself, and what comes back from there to the ROUTER. (A REP socket discards what a DEALER sends.)
 */
export class Heartbeat {
  #proxy: SocketProxy | undefined;
  #ended: Promise<void> = Promise.resolve();
  #plain: Router | undefined;
  #isClosed = false;

  /** Resolves when it listens. */
  async bind(at: string): Promise<void> {
    const options = { linger: 0, maxMessageSize: limits.heartbeatBytes };
    const router = new Router(options);
    await router.bind(at).catch((error: Error) => {
      router.close();
      throw error;
    });
    if (this.#isClosed) return router.close();
    if (Number(process.env.UV_THREADPOOL_SIZE) < 2) return this.#beatInThisThread(router);
    const mirror = new Dealer(options);
    const loop = `inproc://heartbeat-${process.pid}-${echoes++}`;
    await mirror.bind(loop);
    mirror.connect(loop);
    const proxy = new SocketProxy(router, mirror);
    this.#proxy = proxy;
    // The process cannot exit before the thread has.
    process.once("exit", () => this.#terminate());
    this.#ended = proxy.run().catch(() => {});
    void this.#ended.then(() => {
      this.#proxy = undefined;
      if (!this.#isClosed) setTimeout(() => void this.bind(at).catch(() => {}), restartAfterMs).unref();
    });
    if (this.#isClosed) this.#terminate();
  }

  /** Node's pool has one thread only, which the proxy would keep to itself. */
  #beatInThisThread(router: Router): void {
    this.#plain = router;
    void forEachMessage(
      router,
      (frames) => router.send(frames),
      () => {}, // whoever asked is gone
    );
  }

  #terminate(): void {
    try {
      this.#proxy?.terminate();
    } catch {
      // it has ended
    }
  }

  /** False when the thread did not end in time: then only a signal ends the process. */
  async close(): Promise<boolean> {
    this.#isClosed = true;
    this.#plain?.close();
    this.#terminate();
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), longestCloseMs).unref());
    return Promise.race([this.#ended.then(() => true), late]);
  }
}
