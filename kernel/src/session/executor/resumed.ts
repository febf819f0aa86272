import { KeyboardInterrupt } from "../watchdog/keyboardInterrupt.ts";
import { currentCell } from "./channel.ts";

/**
 * Stands around every `await` of a cell: code of a cell that was interrupted while it waited does not go on
 * behind the user's back.
 */
export function resumed<T>(value: T): T {
  if (currentCell.getStore()?.isInterrupted) throw new KeyboardInterrupt();
  return value;
}
