/** A MIME bundle with its metadata, as display_data carries it. */
export interface Bundle {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

export interface Failure {
  ename: string;
  evalue: string;
  traceback: string[];
}

export type Outcome = { status: "ok" } | ({ status: "error" } & Failure);

export type UserExpressions = Record<string, ({ status: "ok" } & Bundle) | ({ status: "error" } & Failure)>;

export interface CommMessage {
  type: "comm_open" | "comm_msg" | "comm_close";
  comm_id: string;
  target_name?: string;
  data: unknown;
  metadata?: Record<string, unknown>;
  /** base64 */
  buffers?: string[];
}

/** A cell as the code that runs. */
export interface CompiledCell {
  /** The name V8 knows it by: unique, or the path by which a debugger knows it. */
  file: string;
  /** What stack traces call it. */
  label: string;
  /** The TypeScript as written, for code frames. */
  source: string;
  /** An expression: the cell as a function. */
  code: string;
  /** Source maps as JSON, from `code` back to the source, one a step. */
  maps: string[];
  /** What it declares for the session. */
  names: string[];
}

/** What the server tells the executor. `cell` counts executions from 1 and never repeats. */
export type ToExecutor =
  | {
      type: "execute";
      cell: number;
      compiled: CompiledCell;
      /** Names of the preloaded helpers that the cell mentions and does not declare. */
      helpers: string[];
      silent: boolean;
      /** Its number and its text as written, where it belongs to the history. */
      input?: { number: number; source: string };
      /** How long it takes is said below it. */
      isTimed?: boolean;
      allowStdin: boolean;
      userExpressions: Record<string, CompiledCell>;
    }
  | { type: "members"; id: number; expression: string }
  | { type: "module"; path: string; source: string }
  | { type: "comm"; cell: number; message: CommMessage };

/** The most an answer to `input()` or `prompt()` may hold, in bytes of UTF-8. */
export const answerLimit = 16 * 1024 * 1024;

/** What came of a question that a cell asked: a value, or why there is none. */
export interface Answer {
  question: number;
  value?: string;
  error?: string;
}

/** What the server tells the executor's watchdog, which listens while user code computes. */
export type ToWatchdog =
  | { type: "interrupt"; cell: number }
  | ({ type: "answer" } & Answer)
  | { type: "inspect"; id: number; method: string; params: object };

/** What the watchdog tells the server: V8's inspector at work for the debugger. */
export type FromWatchdog =
  | { type: "reply"; id: number; result?: unknown; error?: string }
  | { type: "event"; method: string; params: Record<string, unknown> }
  /** An interrupted cell loads a package in one go. */
  | { type: "loading"; cell: number };

/** What the executor tells the server; `cell` is the one that caused it. */
export type FromExecutor =
  | { type: "ready" }
  | { type: "stream"; cell: number; name: "stdout" | "stderr"; text: string }
  | ({ type: "display"; cell: number; id?: string; update?: boolean } & Bundle)
  | { type: "clear"; cell: number; wait: boolean }
  | ({ type: "result"; cell: number } & Bundle)
  | ({ type: "failure"; cell: number } & Failure)
  | { type: "input"; cell: number; question: number; prompt: string; password: boolean }
  | { type: "done"; cell: number; outcome: Outcome; userExpressions: UserExpressions }
  | { type: "members"; id: number; names: string[] }
  | { type: "comm"; cell: number; message: CommMessage };
