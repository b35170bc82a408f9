import type { Parts } from '../../basics/Parts.js';
import type { NextPeer } from '../../driver/Socket.js';
import { copyToPage } from '../../memory/pages.js';
import type { Call } from './Call.js';
import { keepsEnvelopes } from './keepsEnvelopes.js';
import type { Correlation } from './RequestSettings.js';

const NO_ENVELOPE = 'a reply without the envelope of a request';
const ADVICE = "set option 'correlate' to false";

/**
 * What stands before the bodies of requests and replies: as a REQ socket has it, an empty part, and before it, with
 * ZMQ_REQ_CORRELATE, four bytes that tell whose reply it is.
 */
export class RequestEnvelopes {
  readonly #correlate: Correlation;
  /** A request with a number went to somebody who may not expect one. */
  #hasMetStranger = false;

  constructor(correlate: Correlation) {
    this.#correlate = correlate;
  }

  /** Gives the present try of a call its envelope, for whoever is going to get it. */
  wrap(call: Call): void {
    call.plain = this.#correlate === 'never';
    call.parts = withEnvelope(call);
  }

  /** Gives a call the envelope that the peer whose turn it is expects. */
  fit(call: Call, next: NextPeer | undefined): void {
    call.peer = next?.id;
    if (next?.peer === undefined || this.#correlate === 'always' || this.#correlate === 'never') return;
    const isStranger = !keepsEnvelopes(next.peer);
    if (this.#correlate === 'all') {
      this.#hasMetStranger ||= isStranger;
    } else if (call.plain !== isStranger) {
      call.plain = isStranger;
      call.parts = withEnvelope(call);
    }
  }

  /**
   * What is wrong with the envelope of a reply; `undefined`: nothing.
   *
   * @param renews a late reply to a request without a number is got rid of with its connection
   */
  fault(envelope: Parts | undefined, renews: boolean): string | undefined {
    if (envelope?.length === 1) {
      const isExpected = this.#correlate === 'never' || (this.#correlate === 'known' && renews);
      return isExpected ? undefined : `${NO_ENVELOPE}: the server expects that of a plain REQ, ${ADVICE}`;
    }
    const isNumbered = envelope?.length === 2 && envelope[0]!.length === 4;
    return this.#correlate !== 'never' && isNumbered ? undefined : NO_ENVELOPE;
  }

  /** Why no reply may have come. */
  get whySilent(): { readonly cause: Error } | undefined {
    if (!this.#hasMetStranger) return undefined;
    return { cause: new Error(`the server is a ROUTER, which may not expect the number in the envelope: ${ADVICE}`) };
  }
}

/** The number in an envelope; `undefined`: it has none. */
export function idOf(envelope: Parts): number | undefined {
  if (envelope.length === 1) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = envelope[0]!;
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}

function withEnvelope({ plain, id, body }: Call): Parts {
  return plain ? [DELIMITER, ...body] : [correlation(id), DELIMITER, ...body];
}

const DELIMITER: Uint8Array = new Uint8Array();
const idBytes = new Uint8Array(4);

function correlation(id: number): Uint8Array {
  idBytes[0] = id;
  idBytes[1] = id >>> 8;
  idBytes[2] = id >>> 16;
  idBytes[3] = id >>> 24;
  return copyToPage(idBytes, 0, 4);
}
