import { byteText } from '../../basics/byteText.js';
import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';

/**
 * The codecs of the pages that send to a ROUTER: each page has its own, from its connection to its end, if the codec can be opened.
 * The ROUTER must have `notify: 'disconnect'` then.
 */
export class PageCodecs {
  readonly #codec: Codec<unknown, never, unknown>;
  /** By the routing ids of the pages. */
  readonly #opened = new Map<string, Codec<unknown, never, unknown>>();

  constructor(codec: Codec<unknown, never, unknown>) {
    this.#codec = codec;
  }

  /** The codec of the page that sent this message. */
  of(parts: Parts): Codec<unknown, never, unknown> {
    if (this.#codec.open === undefined) return this.#codec;
    const page = byteText(parts[0]!);
    let codec = this.#opened.get(page);
    if (codec === undefined) this.#opened.set(page, (codec = this.#codec.open()));
    return codec;
  }

  /** Whether the message says that its page is gone: the next one with its routing id is another. */
  hasLeft(parts: Parts): boolean {
    if (this.#codec.open === undefined || parts.length !== 2 || parts[1]!.length > 0) return false;
    this.#opened.delete(byteText(parts[0]!));
    return true;
  }
}
