import { filter, Subscription } from 'rxjs';
import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';
import type { Endpoints } from '../../driver/endpoints.js';
import { splitEnvelope } from '../../endpoints/requests/splitEnvelope.js';
import { invalidHandler } from '../../endpoints/status/invalidMessages.js';
import { statusReporter } from '../../endpoints/status/statusReporter.js';
import { CodecError } from '../../errors.js';
import { openSocket } from '../../sockets/openSocket.js';
import type { SocketOf } from '../../sockets/SocketTypes.js';
import type { Closeable, ForwardOptions } from './ForwardOptions.js';
import { warnOfEnd } from './OneWay.js';
import { PageCodecs } from './PageCodecs.js';

/** Forwards requests of pages to other servers, and their replies: with a ROUTER for pages and a DEALER for the servers. */
export class Requests implements Closeable {
  readonly #pages: SocketOf<'router'>;
  readonly #servers: SocketOf<'dealer'>;
  readonly #running = new Subscription();
  #closed: Promise<void> | undefined;

  constructor(
    path: string,
    web: string,
    endpoints: Endpoints,
    codec: Codec<unknown, never, unknown>,
    options: ForwardOptions,
  ) {
    const { security, bind = false, status } = options;
    this.#servers = openSocket('dealer', { security, status, immediate: true });
    if (bind) this.#servers.bind(endpoints);
    else this.#servers.connect(endpoints);
    const isOpened = codec.open !== undefined;
    this.#pages = openSocket('router', { status, ...(isOpened && { notify: 'disconnect' }) }).bind(web);
    const isValid = validity(web, codec, options);
    const ended = { error: (error: unknown) => this.#end(path, error) };
    this.#running.add(this.#pages.messages.pipe(filter(isValid), this.#servers.sink()).subscribe(ended));
    this.#running.add(this.#servers.messages.pipe(this.#pages.sink()).subscribe(ended));
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#running.unsubscribe();
    await Promise.all([this.#pages.close({ lingerMs: 1000 }), this.#servers.close({ lingerMs: 1000 })]);
  }

  #end(path: string, error: unknown): void {
    if (this.#running.closed) return;
    warnOfEnd(path, error);
    void this.close();
  }
}

/** Returns a test whether the codec can decode a request; others are reported. */
function validity(
  endpoint: string,
  codec: Codec<unknown, never, unknown>,
  { status }: ForwardOptions,
): (parts: Parts) => boolean {
  const codecs = new PageCodecs(codec);
  const notify = statusReporter(status);
  const refuse = invalidHandler('forward', 'skip', notify, { error: () => undefined });
  return (parts) => {
    if (codecs.hasLeft(parts)) return false;
    try {
      const split = splitEnvelope(parts, 1);
      if (split === undefined) throw new CodecError('a request has no empty part that ends its envelope');
      codecs.of(parts).decode(split.body);
      return true;
    } catch (cause) {
      refuse({ id: 0, endpoint }, cause, parts);
      return false;
    }
  };
}
