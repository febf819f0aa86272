const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"] as const;

/**
 * Bytes as people read them, in powers of 1000 and three digits.
 *
 * @example
 * import { formatBytes } from "isoflop";
 * formatBytes(141_107_412_992); // => "141 GB"
 */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return String(bytes);
  let value = Math.abs(bytes);
  let unit = 0;
  // Three digits may round up to the next unit: 999.6 MB is 1.00 GB.
  while (Number(value.toPrecision(3)) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 ? Math.round(value) : Number(value.toPrecision(3));
  return `${bytes < 0 ? "-" : ""}${digits} ${units[unit]}`;
}
