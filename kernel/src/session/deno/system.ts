import { createRequire } from "node:module";
import os from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Place, toPath } from "./paths.ts";
import { throwingAsDeno } from "./throwing.ts";

/** A notebook has no arguments. */
export const args: string[] = [];

const systems: Record<string, string> = { win32: "windows" };
const architectures: Record<string, string> = { x64: "x86_64", arm64: "aarch64" };

/** What this runs on, in Deno's words. */
export const build = makeBuild();

function makeBuild() {
  const system = systems[process.platform] ?? process.platform;
  const arch = architectures[process.arch] ?? process.arch;
  const vendor = { darwin: "apple", windows: "pc" }[system] ?? "unknown";
  const env = { linux: "gnu", windows: "msvc" }[system];
  const target = [arch, vendor, system, env].filter(Boolean).join("-");
  return Object.freeze({ target, arch, os: system, vendor, env, standalone: false });
}

/** `deno` is the release whose functions these are; cells run in Node. */
export const version = Object.freeze({
  deno: "2.9.6",
  v8: process.versions.v8,
  typescript: (createRequire(import.meta.url)("typescript/package.json") as { version: string }).version,
});

/** Whether the reader wants no colours. */
export const noColor: boolean = (process.env.NO_COLOR ?? "") !== "";
export const pid: number = process.pid;
export const ppid: number = process.ppid;
/** The address of the notebook, which need not be its file's name. */
export const mainModule: string = pathToFileURL(join(process.cwd(), "notebook.ipynb")).href;

/** Environment variables. */
export const env = Object.freeze({
  get: (name: string): string | undefined => process.env[name],
  set(name: string, value: string): void {
    process.env[name] = value;
  },
  delete(name: string): void {
    delete process.env[name];
  },
  has: (name: string): boolean => process.env[name] !== undefined,
  toObject: (): Record<string, string> => ({ ...process.env }) as Record<string, string>,
});

export function cwd(): string {
  return throwingAsDeno(() => process.cwd());
}

export function chdir(folder: Place): void {
  throwingAsDeno(() => process.chdir(toPath(folder)));
}

/** The Node that cells run in. */
export function execPath(): string {
  return process.execPath;
}

/** Ends the session, and so loses its variables; the kernel goes on with another. */
export function exit(code?: number): never {
  process.exit(code);
}

export function kill(process_: number, signal: NodeJS.Signals = "SIGTERM"): void {
  throwingAsDeno(() => process.kill(process_, signal));
}

export function addSignalListener(signal: NodeJS.Signals, handler: () => void): void {
  process.on(signal, handler);
}

export function removeSignalListener(signal: NodeJS.Signals, handler: () => void): void {
  process.off(signal, handler);
}

export function memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number } {
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
  return { rss, heapTotal, heapUsed, external };
}

/** Memory of the machine, in bytes; what Node does not tell (buffers, swap) is 0. */
export function systemMemoryInfo() {
  const [total, free] = [os.totalmem(), os.freemem()];
  return { total, free, available: free, buffers: 0, cached: 0, swapTotal: 0, swapFree: 0 };
}

export function hostname(): string {
  return os.hostname();
}

export function loadavg(): number[] {
  return os.loadavg();
}

export function osRelease(): string {
  return os.release();
}

/** Seconds since the machine was started. */
export function osUptime(): number {
  return Math.floor(os.uptime());
}

export function uid(): number | null {
  return process.getuid?.() ?? null;
}

export function gid(): number | null {
  return process.getgid?.() ?? null;
}

export function umask(mask?: number): number {
  return mask === undefined ? process.umask() : process.umask(mask);
}

export function networkInterfaces() {
  return Object.entries(os.networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.map(({ family, address, netmask, cidr, mac, scopeid = null }) => {
      return { name, family, address, netmask, scopeid, cidr, mac };
    }),
  );
}

/** Keeps a timer from holding the session, by its number or as Node has it; a cell does not wait for timers anyway. */
export function unrefTimer(timer: unknown): void {
  (timer as Partial<NodeJS.Timeout> | null)?.unref?.();
}

export function refTimer(timer: unknown): void {
  (timer as Partial<NodeJS.Timeout> | null)?.ref?.();
}

/** Of the page, where it has no terminal. */
export function consoleSize(): { columns: number; rows: number } {
  return { columns: process.stdout.columns ?? 80, rows: process.stdout.rows ?? 24 };
}

/** A cell may do what its user may: all is granted. */
export const permissions = Object.freeze({
  query: async (_descriptor: object) => granted(),
  querySync: (_descriptor: object) => granted(),
  request: async (_descriptor: object) => granted(),
  requestSync: (_descriptor: object) => granted(),
  /** Nothing can be taken back: what was granted stays so. */
  revoke: async (_descriptor: object) => granted(),
  revokeSync: (_descriptor: object) => granted(),
});

function granted() {
  return Object.assign(new EventTarget(), { state: "granted" as const, partial: false, onchange: null });
}
