const pattern =
  /^(-?\d{4})-(\d\d?)(?:-(\d\d?)(?:[T ](\d\d?)(?::(\d\d?)(?::(\d\d?(?:\.\d+)?))?)?)?)?(?:Z|[+-]\d\d:?\d\d)?$/;

/** Milliseconds of a date as Plotly reads one: its digits count, whatever the time zone; NaN for what is none. */
export function dateValue(value: unknown): number {
  if (typeof value === "number") return value;
  const found = typeof value === "string" ? pattern.exec(value.trim()) : null;
  if (!found) return Number.NaN;
  const [year, month, day = 1, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  return Date.UTC(year as number, (month as number) - 1, day, hour, minute) + 1000 * second;
}

export const isDate = (value: unknown) => typeof value === "string" && !Number.isNaN(dateValue(value));

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const month = 30.4 * day;
const year = 365.25 * day;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14].map((n) => n * day),
];

/** Round moments between two, and how each is written. */
export function dateTicks(low: number, high: number, count: number): [number, string][] {
  const raw = (high - low) / count;
  const step = raw < 20 * day ? steps.find((each) => each >= raw) : undefined;
  const months = monthsOf(raw);
  const moments = step ? multiples(low, high, step) : calendarTicks(low, high, months);
  const write = step ? writer(step) : (iso: string) => iso.slice(0, months % 12 === 0 ? 4 : 7);
  return moments.map((at) => [at, write(isoOf(at))]);
}

function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step);
  return Array.from(
    { length: Math.max(0, Math.floor(high / step) - first + 1) },
    (_, i) => (first + i) * step,
  );
}

function monthsOf(raw: number): number {
  return [1, 2, 3, 6].find((each) => each >= raw / month) ?? 12 * niceWhole(raw / year);
}

/** First days of months or years. */
function calendarTicks(low: number, high: number, every: number): number[] {
  const start = new Date(low);
  const first = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / every) * every;
  const found: number[] = [];
  for (let at = first, n = 0; n < 60; at += every, n++) {
    const moment = Date.UTC(2000, at - 24_000, 1);
    if (!(moment <= high)) break;
    if (moment >= low) found.push(moment);
  }
  return found;
}

function niceWhole(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return power * ([1, 2, 5].find((each) => each * power >= value) ?? 10);
}

function writer(step: number): (iso: string) => string {
  if (step >= day) return (iso) => iso.slice(0, 10);
  if (step >= minute) return (iso) => (iso.slice(11, 16) === "00:00" ? iso.slice(0, 10) : iso.slice(11, 16));
  return (iso) => iso.slice(11, step >= second ? 19 : 23);
}

function isoOf(moment: number): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
