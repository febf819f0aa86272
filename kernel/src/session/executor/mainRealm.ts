import type { Importer } from "../modules/loaders.ts";
import type { Watchdog } from "../watchdog/startWatchdog.ts";

/**
 * What the core takes of the realm that cells run in, once, before the first cell: from then on a cell may replace
 * every built-in there. The core itself has a realm of its own (see `startCore`).
 */
export interface MainRealm {
  readonly globalThis: object;
  /** The names of Node's globals and what they inherit. */
  readonly globalNames: ReadonlySet<string>;
  /** Evaluates strict code that sees the session's variables and nothing of the core. */
  readonly evaluate: Evaluate;
  readonly promiseThen: Promise<unknown>["then"];
  readonly stringify: typeof JSON.stringify;
  readonly byteLength: (text: string) => number;
  /** Buffer's own encoder and decoder; `this` is any Uint8Array. */
  readonly utf8Write: (text: string, offset: number, length: number) => number;
  readonly utf8Slice: (start: number, end: number) => string;
  /** Runs a script for its declarations; false where a cell has replaced what that stands on. */
  readonly declare: (code: string) => boolean;
  /** Started before anything else. */
  readonly watchdog: Watchdog;
  readonly $import: Importer;
  readonly $meta: object;
  /** Makes `require` able to load local TypeScript. */
  readonly prepareRequire: () => Promise<void>;
  /** Whether a value stands for what is shown already. */
  readonly isDisplayHandle: (value: unknown) => boolean;
  /** Hands a front end's comm message, as JSON, to whoever listens in the cells. */
  readonly receiveComm: (message: string) => void;
  /** A file that exists in the session only. */
  readonly addModule: (path: string, source: string) => void;
  /** What a program of its own has and a package must not see: `module`, `__dirname` and the like. */
  readonly programNames: Readonly<Record<string, unknown>>;
  /** The part of Deno that there is, for cells that were written for it. */
  readonly loadDeno: () => Promise<unknown>;
  /** What `In` and `Out`, `_` and its kin give. */
  readonly addInput: (number: number, source: string) => void;
  readonly addOutput: (number: number, value: unknown) => void;
  /** Ends the process, whatever cells have made of `process.exit`. */
  readonly exit: () => never;
}

export type Evaluate = (code: string) => unknown;

declare const isoflopMainRealm: MainRealm;

/** The argument of the bundle that the core is loaded from. */
export const mainRealm: MainRealm = isoflopMainRealm;
