import type { Socket } from "zeromq";

interface Receiver extends Pick<Socket, "closed"> {
  receive(): Promise<Uint8Array[]>;
}

const longestPauseMs = 100;

/**
 * Every message of a socket until it is closed. A socket says now and then that there is one and has none (EAGAIN):
 * somebody talked nonsense, or sent what this type of socket discards. That is no reason to listen no more, and
 * neither is an error of the listener.
 */
export async function forEachMessage(
  socket: Receiver,
  onMessage: (frames: Uint8Array[]) => void | Promise<void>,
  onError: (error: unknown) => void,
): Promise<void> {
  for (let failures = 0; !socket.closed; ) {
    let frames: Uint8Array[];
    try {
      frames = await socket.receive();
      failures = 0;
    } catch {
      const pause = Math.min(failures++, longestPauseMs);
      await new Promise((resolve) => setTimeout(resolve, pause));
      continue;
    }
    try {
      await onMessage(frames);
    } catch (error) {
      onError(error);
    }
  }
}
