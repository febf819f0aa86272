import type { Content, Message } from "../../protocol/message.ts";
import { type Answer, answerLimit } from "../../session/messages/executorMessages.ts";

interface Question {
  /** The executor's number for it. */
  question: number;
  cell: number;
  /** The request whose client is asked. */
  asker: Message;
  prompt: string;
  password: boolean;
}

interface Outside {
  /** Asks a client on stdin; the id of the message that asks. */
  ask(asker: Message, content: Content): string;
  answer(answer: Answer): void;
}

/**
 * What cells ask their clients, one question after another: a front end shows one at a time, and most answer
 * without saying which question they mean.
 */
export class InputRequests {
  readonly #outside: Outside;
  readonly #waiting: Question[] = [];
  #asked: (Question & { id: string }) | undefined;

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  push(question: Question): void {
    this.#waiting.push(question);
    this.#askNext();
  }

  /**
   * Takes an `input_reply`: it counts only from the client that was asked, and only for the question it was asked.
   * False when it does not. A faulty one ends the question: the client thinks that it has answered.
   */
  reply(message: Message, fault?: string): boolean {
    const asked = this.#asked;
    if (!asked || !isSameClient(message, asked.asker)) return false;
    const meant = message.parent.msg_id; // many clients leave it out
    const known = [undefined, asked.id, asked.asker.header.msg_id];
    if (!known.includes(meant)) return false; // an answer to a question from before
    this.#asked = undefined;
    const answer = fault
      ? { error: `the client's answer is no answer: ${fault}` }
      : readAnswer(message.content);
    this.#outside.answer({ question: asked.question, ...answer });
    this.#askNext();
    return true;
  }

  /** The cell has ended, or nobody is there any more to hear the answers (without `cell`). */
  withdraw(cell?: number): void {
    const isGone = (question: Question) => cell === undefined || question.cell === cell;
    this.#waiting.splice(0, this.#waiting.length, ...this.#waiting.filter((each) => !isGone(each)));
    if (this.#asked && isGone(this.#asked)) this.#asked = undefined;
    this.#askNext();
  }

  #askNext(): void {
    if (this.#asked) return;
    const next = this.#waiting.shift();
    if (!next) return;
    const { asker, prompt, password } = next;
    this.#asked = { ...next, id: this.#outside.ask(asker, { prompt, password }) };
  }
}

function isSameClient({ identities }: Message, asker: Message): boolean {
  return (
    identities.length === asker.identities.length &&
    identities.every((each, at) => Buffer.compare(each, asker.identities[at] as Uint8Array) === 0)
  );
}

/** What a client answers whose reply has no fault. */
function readAnswer(content: Content): { value: string } | { error: string } {
  const { status, evalue } = content;
  const value = content.value as string;
  if (status === "error")
    return { error: `the client could not answer: ${String(evalue ?? "no reason given")}` };
  const size = Buffer.byteLength(value);
  if (size <= answerLimit) return { value };
  const error = `the answer has ${size} bytes, more than the ${answerLimit} that input() and prompt() take; put it into a file and read that`;
  return { error };
}
