import type { Parts } from '../../basics/Parts.js';

const NUMBER_BYTES = 4;

/**
 * What stands before a request and comes back with its answer. As savant_rs's REQ has it, only the empty part; once an answer did
 * not come in time, also a number, so that one that comes late is not taken for the answer to a later request.
 */
export class RequestEnvelope {
  #isNumbered = false;
  #number = 0;
  #numberPart: Uint8Array = new Uint8Array();

  wrap(parts: Parts): Parts {
    if (!this.#isNumbered) return [new Uint8Array(), ...parts];
    this.#number = (this.#number + 1) >>> 0;
    this.#numberPart = new Uint8Array(NUMBER_BYTES);
    new DataView(this.#numberPart.buffer).setUint32(0, this.#number);
    return [this.#numberPart, new Uint8Array(), ...parts];
  }

  /** Whether an answer is that to the last request. */
  matches(parts: Parts): boolean {
    if (!this.#isNumbered) return parts.length >= 2 && parts[0]!.length === 0;
    const [number, delimiter] = parts;
    if (parts.length < 3 || number!.length !== NUMBER_BYTES || delimiter!.length > 0) return false;
    return number!.every((byte, i) => byte === this.#numberPart[i]);
  }

  /** The answer to the last request did not come in time. */
  missed(): void {
    this.#isNumbered = true;
  }
}
