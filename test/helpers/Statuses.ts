import { filter, firstValueFrom, type Observable, ReplaySubject, take, toArray } from 'rxjs';
import type { SocketStatus } from 'rxzmq';

type StatusOfKind<K extends SocketStatus['kind']> = Extract<SocketStatus, { readonly kind: K }>;

/** Hears and keeps what sockets tell, for option `status`. */
export class Statuses {
  readonly all: SocketStatus[] = [];
  readonly #told = new ReplaySubject<SocketStatus>();

  readonly next = (status: SocketStatus): void => {
    this.all.push(status);
    this.#told.next(status);
  };

  /** All of a kind, those that were told before included. */
  of<K extends SocketStatus['kind']>(kind: K): Observable<StatusOfKind<K>> {
    return this.#told.pipe(filter((status): status is StatusOfKind<K> => status.kind === kind));
  }

  /** The nth of a kind, from 1. */
  async nth<K extends SocketStatus['kind']>(kind: K, n: number): Promise<StatusOfKind<K>> {
    const found = await firstValueFrom(this.of(kind).pipe(take(n), toArray()));
    return found[n - 1] as StatusOfKind<K>;
  }

  first<K extends SocketStatus['kind']>(kind: K): Promise<StatusOfKind<K>> {
    return this.nth(kind, 1);
  }

  /** The real endpoint of the first socket that was bound. */
  async endpoint(): Promise<string> {
    return (await this.first('listening')).endpoint;
  }
}
