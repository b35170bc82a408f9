import type { Parts } from '../../../basics/Parts.js';
import { COPIED_BELOW_BYTES } from '../../../memory/copiedBelow.js';
import { copyToPage } from '../../../memory/pages.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { FairQueue } from '../turns/FairQueue.js';
import { partsFrom } from '../partsFrom.js';
import { sendError } from '../sendError.js';

/**
 * Receives requests from all peers in turns and sends each reply to the requester, with the envelope of the request: its parts up to
 * the first empty one. The next request is received after the reply to the last one. A reply is dropped if the queue of its peer is
 * full or the peer is gone.
 */
export class RepPattern extends BasePattern {
  readonly #queue = new FairQueue();
  /** A request was received and has no reply yet. */
  #asked = false;
  /** The requester; `undefined`: it is gone. */
  #asker: Pipe | undefined;
  #envelope: Parts = [];

  override get from(): Pipe | undefined {
    return this.#queue.last;
  }

  attach(pipe: Pipe): boolean {
    if (pipe.readable) this.readable(pipe);
    return true;
  }

  detach(pipe: Pipe): void {
    this.#queue.end(pipe);
    if (pipe === this.#asker) this.#asker = undefined;
  }

  override readable(pipe: Pipe): void {
    this.#queue.add(pipe);
    if (!this.#asked) this.arrived();
  }

  override receive(borrow: boolean): Parts | undefined {
    if (this.#asked) return this.nothing();
    for (;;) {
      const parts = this.#queue.read(borrow);
      if (parts === undefined) return this.nothing();
      const delimiter = delimiterOf(parts);
      if (delimiter < 0) {
        this.host.dropped(1, 'a request came without the empty part that ends its envelope, or with nothing behind it');
        continue;
      }
      this.#asked = true;
      this.#asker = this.#queue.last;
      this.#envelope = delimiter === 0 ? [new Uint8Array()] : envelopeOf(parts, delimiter, borrow);
      return partsFrom(parts, delimiter + 1);
    }
  }

  override send(parts: Parts, owned: boolean): boolean {
    if (!this.#asked) {
      throw sendError(this.host.endpoint, 'EFSM', 'there is no request to reply to; receive one first');
    }
    const asker = this.#asker;
    this.#asked = false;
    this.#asker = undefined;
    if (asker?.writable === true) asker.write(enveloped(this.#envelope, parts), owned);
    else
      this.host.dropped(
        1,
        asker === undefined ? 'the peer that asked has disconnected' : 'the queue of the peer that asked is full',
      );
    if (this.#queue.readable) this.arrived();
    return true;
  }
}

/** The index of the empty part that ends the envelope; -1: there is none, or nothing follows it. */
function delimiterOf(parts: Parts): number {
  for (let i = 0; i < parts.length - 1; i += 1) if (parts[i]!.length === 0) return i;
  return -1;
}

/** The envelope, valid until the reply. */
function envelopeOf(parts: Parts, delimiter: number, borrowed: boolean): Parts {
  const envelope = parts.slice(0, delimiter + 1);
  if (!borrowed) return envelope;
  for (let i = 0; i < delimiter; i += 1) {
    const part = envelope[i]!;
    if (part.length < COPIED_BELOW_BYTES) envelope[i] = copyToPage(part, 0, part.length);
  }
  return envelope;
}

function enveloped(envelope: Parts, parts: Parts): Parts {
  const message = envelope.slice();
  for (const part of parts) message.push(part);
  return message;
}
