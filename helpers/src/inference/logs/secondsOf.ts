/** How many of a unit make a second: dividing by it rounds once, where a product with .001 rounds twice. */
const inSecond: Readonly<Record<string, number>> = {
  ns: 1e9,
  nanosecond: 1e9,
  nanoseconds: 1e9,
  us: 1e6,
  µs: 1e6,
  μs: 1e6,
  microsecond: 1e6,
  microseconds: 1e6,
  ms: 1e3,
  msec: 1e3,
  millisecond: 1e3,
  milliseconds: 1e3,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  min: 1 / 60,
  minute: 1 / 60,
  minutes: 1 / 60,
};

/** How many of a unit of time make a second, as benchmarks and columns write it; undefined of what is no unit of time. */
export function unitsInSecond(unit: string): number | undefined {
  const key = unit.trim().toLowerCase();
  return Object.hasOwn(inSecond, key) ? inSecond[key] : undefined;
}

/** A time in seconds, of a unit of time; undefined of what is none. */
export function secondsOf(value: number, unit: string): number | undefined {
  const units = unitsInSecond(unit);
  return units === undefined ? undefined : value / units;
}
