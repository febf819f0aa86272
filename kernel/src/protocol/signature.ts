import { createHmac, getHashes, timingSafeEqual } from "node:crypto";

/** Signs the four JSON parts of a message with the connection's key, and checks such signatures. */
export class Signer {
  readonly #key: string;
  readonly #algorithm: string;
  readonly #length: number;

  /** @throws Error when the scheme is none that Node knows */
  constructor(key: string, scheme = "hmac-sha256") {
    this.#key = key;
    this.#algorithm = scheme.replace(/^hmac-/, "") || "sha256";
    if (key && !getHashes().includes(this.#algorithm)) {
      throw new Error(
        `signature_scheme must be hmac- and a hash that Node knows, as hmac-sha256, got ${JSON.stringify(scheme)}`,
      );
    }
    this.#length = key ? this.#digest([]).length : 0;
  }

  #digest(parts: readonly Uint8Array[]): string {
    const hmac = createHmac(this.#algorithm, this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /** In hexadecimal, as the protocol has it; without a key the empty text. */
  sign(parts: readonly Uint8Array[]): Buffer {
    return Buffer.from(this.#key ? this.#digest(parts) : "", "latin1");
  }

  /**
   * Whether a frame is the signature of the parts, in a time that tells nothing about where it differs. Bytes are
   * compared with bytes: a frame of another length or in another encoding equals no signature.
   */
  isSignatureOf(frame: Uint8Array, parts: readonly Uint8Array[]): boolean {
    if (!this.#key) return true;
    return frame.byteLength === this.#length && timingSafeEqual(frame, this.sign(parts));
  }
}
