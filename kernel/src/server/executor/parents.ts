import type { Header } from "../../protocol/message.ts";

const kept = 10_000;

/** Which request each cell came from, so that late output finds its place. */
export class Parents {
  readonly #headers = new Map<number, Header>();

  add(cell: number, header: Header): number {
    this.#headers.set(cell, header);
    this.#headers.delete(cell - kept);
    return cell;
  }

  get(cell: number): Header | undefined {
    return this.#headers.get(cell);
  }
}
