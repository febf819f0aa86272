export interface TimeitOptions {
  loops?: number;
  runs?: number;
  isQuiet?: boolean;
}

/** What translated magics call; `kernel/src/language/magics/translations.ts` writes the calls. */
export interface SessionMagics {
  /** `!command` */
  command(command: string): Promise<void>;
  /** `%%bash`, `%%sh` */
  script(shell: string, options: readonly string[], script: string): Promise<void>;
  cd(folder: string): void;
  pwd(): string;
  env(text: string): unknown;
  who(type: string): void;
  whos(type: string): void;
  print(text: string): void;
  /** Starts the clock of `%time`. */
  timer(): undefined;
  /** Stops it and says how long it took; passes on the value. */
  timed(started?: undefined, value?: unknown): unknown;
  /** Runs the loop often enough to tell how long one takes. */
  timeit(
    options: TimeitOptions,
    loop: (loops: number, sink: { value: unknown }) => void | Promise<void>,
  ): Promise<void>;
}
