import { formatTime } from "./formatTime.ts";

const { cpuUsage } = process;
const { apply } = Reflect;

export interface Elapsed {
  wall: number;
  user: number;
  system: number;
}

/** Wall time and processor time, all threads of the session together, since it was made; in seconds. */
export class Stopwatch {
  readonly #cpu = apply(cpuUsage, process, []) as NodeJS.CpuUsage;
  readonly #began = performance.now();

  stop(): Elapsed {
    const wall = (performance.now() - this.#began) / 1000;
    const { user, system } = apply(cpuUsage, process, []) as NodeJS.CpuUsage;
    return { wall, user: (user - this.#cpu.user) / 1e6, system: (system - this.#cpu.system) / 1e6 };
  }
}

/** Two lines as IPython has them, and a third where the time says less than it seems to. */
export function describeElapsed({ wall, user, system }: Elapsed, isPending: boolean): string {
  const total = formatTime(user + system);
  const cpu = `CPU times: user ${formatTime(user)}, sys: ${formatTime(system)}, total: ${total}\n`;
  const note = isPending
    ? "The value is a promise: this is the time until it was there; await it to time its work\n"
    : "";
  return `${cpu}Wall time: ${formatTime(wall)}\n${note}`;
}
