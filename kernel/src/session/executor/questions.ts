import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { Answer } from "../messages/executorMessages.ts";
import { KeyboardInterrupt } from "../watchdog/keyboardInterrupt.ts";
import { cellNumber, currentCell, send } from "./channel.ts";
import { interruptState } from "./interrupts.ts";

/** A cell asks where nobody can answer; IPython's name for it, which Jupyter's tools know. */
class StdinNotImplementedError extends Error {
  override name = "StdinNotImplementedError";
}

interface Waiting {
  cell: number;
  resolve(value: string): void;
  reject(error: Error): void;
}

/** Asks the person in front of the notebook, through the client that sent the cell. */
export class Questions {
  readonly #answers: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;

  constructor(answers: MessagePort) {
    this.#answers = answers;
  }

  /** Blocks until the answer is there, as `prompt` does in a browser; an interrupt ends it. */
  ask(prompt: string, password: boolean): string {
    const answers = this.#answers;
    const cell = cellNumber();
    let answered: (() => string) | undefined;
    const question = this.#send(prompt, password, {
      cell,
      resolve: (value) => {
        answered = () => value;
      },
      reject: (error) => {
        answered = () => {
          throw error;
        };
      },
    });
    while (true) {
      const before = interruptState.signals;
      for (let each = receiveMessageOnPort(answers); each; each = receiveMessageOnPort(answers)) {
        this.onAnswer(each.message as Answer);
      }
      if (answered) return answered();
      if (interruptState.isInterrupted(cell)) {
        this.#waiting.delete(question);
        throw new KeyboardInterrupt();
      }
      interruptState.waitForSignal(before);
    }
  }

  /** The same without blocking. */
  askLater(prompt: string, password: boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#send(prompt, password, { cell: cellNumber(), resolve, reject });
    });
  }

  /** An answer to a question that nobody waits for any more is for nobody. */
  onAnswer({ question, value, error }: Answer): void {
    const waiting = this.#waiting.get(question);
    this.#waiting.delete(question);
    if (error === undefined) waiting?.resolve(value ?? "");
    else waiting?.reject(new Error(error));
  }

  /** What a cell asked and did not wait for is not asked any more. */
  withdraw(cell: number, error: Error): void {
    for (const [question, waiting] of this.#waiting) {
      if (waiting.cell !== cell) continue;
      this.#waiting.delete(question);
      waiting.reject(error);
    }
  }

  #send(prompt: string, password: boolean, waiting: Waiting): number {
    if (currentCell.getStore()?.allowStdin === false) {
      throw new StdinNotImplementedError(
        "the client that runs this cell does not allow it to ask for input (allow_stdin is false); give the value in the cell itself, or run the cell where somebody can answer",
      );
    }
    const question = ++this.#count;
    this.#waiting.set(question, waiting);
    send({
      type: "input",
      cell: waiting.cell,
      question,
      prompt: String(prompt),
      password: Boolean(password),
    });
    return question;
  }
}
