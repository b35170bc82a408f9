import type { Parts } from '../../basics/Parts.js';
import type { NextPeer } from '../../driver/Socket.js';
import { copyToPage } from '../../memory/pages.js';
import type { Call } from './Call.js';
import { keepsEnvelopes } from './keepsEnvelopes.js';
import type { Correlation } from './RequestSettings.js';

const NO_ENVELOPE = 'a reply without the envelope of a request';
const ADVICE = "set option 'correlate' to false";

/**
 * The envelopes of requests and replies, as a REQ socket has them: an empty part, and before it, with `ZMQ_REQ_CORRELATE`, four
 * bytes that identify the request.
 */
export class RequestEnvelopes {
  readonly #correlate: Correlation;
  /** A request with a number was sent to a peer that may not support it. */
  #hasMetStranger = false;

  constructor(correlate: Correlation) {
    this.#correlate = correlate;
  }

  /** Gives the present try of a call the envelope for the peer that will receive it. */
  wrap(call: Call): void {
    call.plain = this.#correlate === 'never';
    call.parts = withEnvelope(call);
  }

  /** Gives a call the envelope that the next peer expects. */
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
   * Returns what is wrong with the envelope of a reply; `undefined`: nothing.
   *
   * @param renews whether a new connection discards a late reply to a request without a number
   */
  fault(envelope: Parts | undefined, renews: boolean): string | undefined {
    if (envelope?.length === 1) {
      const isExpected = this.#correlate === 'never' || (this.#correlate === 'known' && renews);
      return isExpected ? undefined : `${NO_ENVELOPE}: the server expects that of a plain REQ, ${ADVICE}`;
    }
    const isNumbered = envelope?.length === 2 && envelope[0]!.length === 4;
    return this.#correlate !== 'never' && isNumbered ? undefined : NO_ENVELOPE;
  }

  /** The possible reason that no reply has arrived. */
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
