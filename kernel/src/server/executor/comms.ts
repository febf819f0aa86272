import type { Content, Message } from "../../protocol/message.ts";
import type { CommMessage } from "../../session/messages/executorMessages.ts";

/** The comms that are open, whichever side opened them. */
export class Comms {
  readonly #open = new Map<string, string>();
  readonly #toExecutor: (message: CommMessage, parent: Message) => void;

  constructor(toExecutor: (message: CommMessage, parent: Message) => void) {
    this.#toExecutor = toExecutor;
  }

  list(target: unknown): Content {
    const all = [...this.#open].filter(
      ([, name]) => typeof target !== "string" || target === "" || name === target,
    );
    return Object.fromEntries(all.map(([id, target_name]) => [id, { target_name }]));
  }

  fromClient(type: CommMessage["type"], message: Message): void {
    const { comm_id, target_name, data } = message.content;
    const buffers = message.buffers.map((each) => Buffer.from(each).toString("base64"));
    const comm = { type, comm_id: String(comm_id), data, metadata: message.metadata, buffers };
    this.note({ ...comm, target_name: target_name === undefined ? undefined : String(target_name) });
    this.#toExecutor({ ...comm, target_name: String(target_name ?? "") }, message);
  }

  note({ type, comm_id, target_name }: CommMessage): void {
    if (type === "comm_open") this.#open.set(comm_id, target_name ?? "");
    else if (type === "comm_close") this.#open.delete(comm_id);
  }

  clear(): void {
    this.#open.clear();
  }
}
