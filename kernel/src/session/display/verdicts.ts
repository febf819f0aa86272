import { host } from "../frontend/host.ts";
import { importFromKernel } from "../modules/kernelModules.ts";
import { type DisplayHandle, display } from "./display.ts";
import { displaySymbol } from "./toBundle.ts";

type ClaimsTable = (claims: readonly unknown[]) => { [displaySymbol](): Record<string, unknown> };

/**
 * Shows the notebook's claims as one table, which grows with every claim that is shown after it, also in later
 * cells.
 */
export function verdicts(): DisplayHandle {
  const handle = display.text("no claims yet");
  const refresh = async (claims: readonly unknown[]) => {
    const { claimsTable } = (await importFromKernel("isoflop")) as { claimsTable: ClaimsTable };
    const bundle = claimsTable(claims)[displaySymbol]();
    // Without the records: each claim's own output carries its record already.
    const { "text/html": html, "text/plain": text } = bundle;
    handle.update({ [displaySymbol]: () => ({ "text/html": html, "text/plain": text }) });
  };
  host().onClaims((claims) => host().track(refresh(claims)));
  return handle;
}
