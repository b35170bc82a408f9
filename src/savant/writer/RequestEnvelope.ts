import type { Parts } from '../../basics/Parts.js';

const NUMBER_BYTES = 4;

/**
 * The parts before a request, which come back with its answer. As in savant_rs's REQ, it is only the empty part. After an
 * answer was late, there is also a number, so that the late answer is not taken for that to a later request.
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

  /** Whether an answer belongs to the last request. */
  matches(parts: Parts): boolean {
    if (!this.#isNumbered) return parts.length >= 2 && parts[0]!.length === 0;
    const [number, delimiter] = parts;
    if (parts.length < 3 || number!.length !== NUMBER_BYTES || delimiter!.length > 0) return false;
    return number!.every((byte, i) => byte === this.#numberPart[i]);
  }

  /** The answer to the last request did not arrive in time. */
  missed(): void {
    this.#isNumbered = true;
  }
}
