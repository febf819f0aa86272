const instant = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(\.\d+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/;

/**
 * Seconds of an arrival: a number times `unit`, or a date and time of day (read as UTC where no zone stands with it). NaN for
 * anything else. Parts of a second are kept to all their digits, which `Date` cuts at the third.
 */
export function secondsOf(cell: unknown, unit: number): number {
  if (typeof cell === "number") return cell * unit;
  if (typeof cell !== "string" || cell === "") return Number.NaN;
  const found = instant.exec(cell);
  if (!found) return Number(cell) * unit;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // The thirtieth of February would silently be the first of March.
  if (
    date.getUTCDate() !== day ||
    date.getUTCMonth() !== month - 1 ||
    hour > 23 ||
    minute > 59 ||
    second > 60
  ) {
    return Number.NaN;
  }
  return date.getTime() / 1000 + Number(found[7] ?? 0) - zoneSeconds(found[8]);
}

function zoneSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "UTC") return 0;
  const digits = zone.replace(":", "");
  const seconds = 3600 * Number(digits.slice(1, 3)) + 60 * Number(digits.slice(3, 5));
  return digits.startsWith("-") ? -seconds : seconds;
}
