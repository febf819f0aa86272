import type { FittedLaw } from "../laws/definition/Law.ts";

/** Throws for a fit that its runs do not determine: nothing can be planned with it. */
export function requireIdentified(law: FittedLaw): void {
  const { status, reason } = law as { readonly status?: string; readonly reason?: string };
  if (status !== "not-identified") return;
  throw new RangeError(
    `the runs do not determine ${law.law.name}, so nothing can be planned with it: ${reason}`,
  );
}
