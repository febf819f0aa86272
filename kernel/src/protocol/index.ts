export { toCodePoints, toUtf16 } from "./codePoints.ts";
export { type Connection, readConnection } from "./connection.ts";
export { type Content, type Header, type Message, protocolVersion } from "./message.ts";
export { type RequestChannel, Sockets } from "./sockets.ts";
export { Wire, WireError } from "./wire.ts";
