/** What a peer may send. Whoever reaches the ports can send anything, so each bound holds before anything is copied or parsed. */
export const limits = {
  requests: {
    /** A client has one for each socket. */
    connections: 4096,
    /**
     * Bytes of one frame: refused by the length it announces, before there is room for it, and that connection ends. A
     * cell of 5 MB and a buffer of 20 MB fit; Jupyter Server itself takes 10 MB from a browser unless told otherwise.
     */
    frameBytes: 32 * 2 ** 20,
    /** Frames of one message: identities, the six of the protocol, and buffers. */
    frames: 1024,
    /** Bytes of one message with all its buffers. */
    messageBytes: 256 * 2 ** 20,
    /** Bytes of messages that have begun and not ended, of all connections to a socket. */
    unfinishedBytes: 320 * 2 ** 20,
    /** Bytes of answers that wait for one client. */
    waitingBytes: 64 * 2 ** 20,
  },
  /** Bytes of a header: it comes back in everything that is said in answer. */
  headerBytes: 65_536,
  /** How deep JSON may be nested: Python's own reader and writer stop at about as much. */
  nesting: 1000,
  /** What may wait for one client of iopub. Messages are shared, so ten that do not read cost as much as one. */
  publications: { bytes: 48 * 2 ** 20, essentialBytes: 64 * 2 ** 20 },
  /** Whoever can reach the port has its echo, so little is kept for anybody. */
  heartbeats: {
    connections: 1024,
    frameBytes: 2 ** 17,
    frames: 64,
    messageBytes: 2 ** 17,
    unfinishedBytes: 16 * 2 ** 20,
    waitingBytes: 2 ** 17,
  },
} as const;
