import type { Content } from "../../protocol/message.ts";
import { withoutBlankEnds } from "../../session/errors/withoutBlankEnds.ts";
import type { Failure, Outcome, UserExpressions } from "../../session/messages/executorMessages.ts";

/** How a cell ended. */
export interface Done {
  outcome: Outcome;
  userExpressions: UserExpressions;
  /** What the front end shall do besides showing output: open the pager. */
  payload?: Content[];
}

export const ok: Done = { outcome: { status: "ok" }, userExpressions: {} };

export function failed(failure: Failure): Done {
  return { outcome: { status: "error", ...withoutBlankEnds(failure) }, userExpressions: {} };
}

export const interrupted: Done = failed({
  ename: "KeyboardInterrupt",
  evalue: "the cell was interrupted",
  traceback: ["KeyboardInterrupt: the cell was interrupted"],
});
