import type { Content, Message } from "../../protocol/message.ts";
import type { Sockets } from "../../protocol/sockets.ts";
import { type Done, failed } from "../executor/done.ts";
import { CellRun, type Workshop } from "./cellRun.ts";
import type { History } from "./history.ts";

/** Runs execute_requests one after another, and says so. */
export class Execution {
  readonly #workshop: Workshop;
  readonly #sockets: Sockets;
  readonly #history: History;
  readonly #queue: Message[] = [];
  #running: CellRun | undefined;
  #isDraining = false;
  #count = 0;

  constructor(workshop: Workshop, sockets: Sockets, history: History) {
    this.#workshop = workshop;
    this.#sockets = sockets;
    this.#history = history;
  }

  /** The number of the latest cell that counts. */
  get count(): number {
    return this.#count;
  }

  enqueue(message: Message): void {
    this.#queue.push(message);
    if (!this.#isDraining) void this.#drain();
  }

  interrupt(): void {
    this.#running?.interrupt();
  }

  clear(): void {
    this.#queue.length = 0;
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    try {
      for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
        const aborted = await this.#busy(message, () => this.#execute(message as Message));
        for (const each of aborted) {
          await this.#busy(each, async () => this.#reply(each, { status: "aborted" }));
        }
      }
    } finally {
      this.#isDraining = false;
    }
  }

  async #busy<T>(message: Message, work: () => Promise<T>): Promise<T> {
    this.#sockets.publish("status", message.header, { execution_state: "busy" });
    try {
      return await work();
    } finally {
      this.#sockets.publish("status", message.header, { execution_state: "idle" });
    }
  }

  /** Resolves to the requests that its error aborts. */
  async #execute(message: Message): Promise<Message[]> {
    const { session } = this.#workshop;
    const { content } = message;
    const code = String(content.code ?? "");
    const silent = content.silent === true;
    const counts = !silent && content.store_history !== false;
    if (counts) this.#history.add(++this.#count, code);
    const cell = session.newCell(message.header);
    if (!silent) session.publish("execute_input", cell, { code, execution_count: this.#count });
    const label = counts ? `cell[${this.#count}].ts` : `uncounted[${cell}].ts`;
    this.#running = new CellRun(this.#workshop, cell, label, message, counts ? this.#count : undefined);
    // Whatever goes wrong on the cell's way, it is answered, and the next one has its turn.
    const done = await this.#running
      .run()
      .catch(({ name, message: evalue }: Error) =>
        failed({ ename: name, evalue, traceback: [`${name}: ${evalue}`] }),
      );
    this.#running = undefined;
    session.flush();
    return this.#finish(message, cell, done, silent);
  }

  async #finish(message: Message, cell: number, done: Done, silent: boolean): Promise<Message[]> {
    const { outcome, userExpressions, payload = [] } = done;
    const ending = { execution_count: this.#count, payload };
    if (outcome.status === "ok") {
      this.#reply(message, { status: "ok", ...ending, user_expressions: userExpressions });
      return [];
    }
    const aborted = silent || message.content.stop_on_error === false ? [] : await this.#takeQueue();
    const { ename, evalue, traceback } = outcome;
    if (!silent) this.#workshop.session.publish("error", cell, { ename, evalue, traceback });
    this.#reply(message, { ...outcome, ...ending, user_expressions: {} });
    return aborted;
  }

  /**
   * What was sent together with a failed cell: the queue at the time of its reply, after a moment for what is
   * on its way. Whoever saw the reply before sending is not affected.
   */
  async #takeQueue(): Promise<Message[]> {
    await new Promise((resolve) => setTimeout(resolve, 3));
    return this.#queue.splice(0);
  }

  #reply(message: Message, content: Content): void {
    const metadata = { status: content.status, started: new Date().toISOString() };
    this.#sockets.reply("shell", message, "execute_reply", content, metadata);
  }
}
