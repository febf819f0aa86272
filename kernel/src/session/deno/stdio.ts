/** A stream of the cell that one writes bytes to. */
interface Sink {
  write(bytes: Uint8Array): Promise<number>;
  writeSync(bytes: Uint8Array): number;
  readonly writable: WritableStream<Uint8Array>;
  isTerminal(): boolean;
  close(): void;
}

function sink(name: "stdout" | "stderr"): Sink {
  const decoder = new TextDecoder(); // a character may come in two parts
  const writeSync = (bytes: Uint8Array) => {
    process[name].write(decoder.decode(bytes, { stream: true }));
    return bytes.length;
  };
  return Object.freeze({
    writeSync,
    write: async (bytes: Uint8Array) => writeSync(bytes),
    get writable() {
      return new WritableStream<Uint8Array>({ write: (bytes) => void writeSync(bytes) });
    },
    isTerminal: () => false,
    close() {},
  });
}

/** The output of the cell. */
export const stdout: Sink = sink("stdout");
/** The errors of the cell. */
export const stderr: Sink = sink("stderr");

/** A cell has no standard input: it is at its end at once. `prompt` and `input` ask the reader. */
export const stdin = Object.freeze({
  read: async (_into: Uint8Array): Promise<number | null> => null,
  readSync: (_into: Uint8Array): number | null => null,
  get readable(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });
  },
  isTerminal: () => false,
  setRaw(_mode: boolean): void {},
  close() {},
});
