import { randomUUID } from "node:crypto";

export const protocolVersion = "5.4";

export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
}

export type Content = Record<string, unknown>;

/** A message as the rest of the kernel sees it; `parent` is `{}` where nothing caused it. */
export interface Message {
  identities: Uint8Array[];
  header: Header;
  parent: Header | Record<string, never>;
  metadata: Content;
  content: Content;
  buffers: Uint8Array[];
  /** Why its content cannot be used, where it cannot: the client is told so. */
  fault?: string;
}

let counter = 0;
const prefix = randomUUID();

/** Makes headers for one session; ids count up from a random prefix, which is cheaper than a UUID each. */
export function makeHeader(session: string, msgType: string): Header {
  return {
    msg_id: `${prefix}_${counter++}`,
    session,
    username: "isoflop",
    date: new Date().toISOString(),
    msg_type: msgType,
    version: protocolVersion,
  };
}
