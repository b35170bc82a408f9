import type { ConnectOptions } from '../../driver/SocketSettings.js';
import { InprocPipe, type InprocOwner } from '../pipes/InprocPipe.js';
import { talkTo } from '../zmtp/talkTo.js';
import type { InprocBound, InprocWaiting } from '../context/InprocNames.js';
import { ownPeerInfo } from '../zmtp/ownPeerInfo.js';
import type { SocketCore, SocketEndpoint } from '../connections/SocketCore.js';
import { RENEWED, whyNotTaken } from '../connections/refusals.js';

/** A connecting inproc endpoint. The name may be bound before or after; when it is bound again, the endpoint reconnects. */
export class InprocConnector implements SocketEndpoint, InprocOwner, InprocWaiting {
  readonly endpoint: string;
  readonly isBound = false;
  /** The peer has each message at once. */
  readonly unsentBytes = 0;
  readonly #core: SocketCore;
  readonly #options: ConnectOptions;
  #pipe: InprocPipe | undefined;
  #binder: InprocBound | undefined;
  #theirs: InprocPipe | undefined;
  #closing = false;
  /** The status `otherThread` was emitted. */
  #isTold = false;
  #over = false;
  #onClosed: (() => void) | undefined;

  constructor(core: SocketCore, endpoint: string, options: ConnectOptions) {
    this.#core = core;
    this.endpoint = endpoint;
    this.#options = options;
  }

  get pattern() {
    return this.#core.pattern;
  }

  get pipes() {
    return this.#core.pipes;
  }

  get loop() {
    return this.#core.context.loop;
  }

  start(): void {
    if (this.#over) return; // it was closed before the start
    const pipe = new InprocPipe(this, true, this.#options.routingId);
    this.#pipe = pipe; // first: `attach` may call back, and the listener may write and close
    if (!this.pattern.attach(pipe)) {
      this.#pipe = undefined;
      this.#over = true;
      this.#core.failed('connect', this.endpoint, whyNotTaken(this.#options));
      return;
    }
    this.#core.notify({ kind: 'connecting', endpoint: this.endpoint });
    this.#wait();
  }

  /** The name is bound. */
  found(binder: InprocBound): void {
    const pipe = this.#pipe;
    if (this.#over || !pipe || this.#binder) return;
    const own = ownPeerInfo(this.#core.settings);
    const { peer } = binder;
    const theirs = talkTo(own.socketType, peer.socketType)
      ? binder.accept(this, own)
      : `a ${own.socketType} socket does not talk to ${peer.socketType}`;
    if (theirs === undefined) return; // the binder was closed in the meantime
    if (typeof theirs === 'string') {
      this.#core.notify({ kind: 'handshakeFailed', endpoint: this.endpoint, reason: theirs });
      return;
    }
    if (this.#over) {
      binder.ended(theirs); // a listener has closed this end
      return;
    }
    this.#binder = binder;
    this.#theirs = theirs;
    theirs.link(pipe, own);
    pipe.link(theirs, peer);
    binder.joined();
    if (!this.#over) this.#core.notify({ kind: 'connected', endpoint: this.endpoint });
    this.loop.post(() => {
      theirs.notifyConnected();
      if (this.#binder === binder) pipe.notifyConnected();
      if (this.#closing) this.#end();
    });
  }

  /** The name is bound, but in another thread. */
  isElsewhere(): void {
    if (this.#over || this.#binder || this.#isTold) return;
    this.#isTold = true; // only once: the answer to each search for the name, in any thread, is sent to all
    const reason = 'the name is bound in another thread, which inproc does not reach: use tcp or ipc between threads';
    this.#core.notify({ kind: 'otherThread', endpoint: this.endpoint, reason });
  }

  /** The other end is gone. */
  lost(reason: string): void {
    const pipe = this.#pipe;
    if (this.#over || !pipe || !this.#binder) return;
    this.#binder = undefined;
    this.#theirs = undefined;
    this.#isTold = false;
    pipe.unlink();
    this.#core.notify({ kind: 'disconnected', endpoint: this.endpoint, reason });
    if (this.#over) return; // the observer of the status has closed it
    if (this.#core.settings.reconnect === false) this.#end();
    else {
      this.pattern.disconnected(pipe);
      this.#wait();
    }
  }

  renew(peer: number): void {
    const pipe = this.#pipe;
    const binder = this.#binder;
    const theirs = this.#theirs;
    if (this.#closing || pipe?.id !== peer || !binder || !theirs) return;
    this.#binder = undefined;
    this.#theirs = undefined;
    this.loop.post(() => binder.left(theirs));
    pipe.discard();
    pipe.unlink();
    this.#core.notify({ kind: 'disconnected', endpoint: this.endpoint, reason: RENEWED });
    if (this.#over) return; // the observer of the status has closed it
    this.pattern.disconnected(pipe);
    this.#wait();
  }

  refused(_pipe: InprocPipe, reason: string): void {
    this.#core.dropped(1, reason);
  }

  ended(): void {
    this.#core.retire(this);
  }

  progress(): void {
    this.#core.progress(this);
  }

  close(closed: () => void): void {
    this.#onClosed = closed;
    if (this.#over) {
      closed();
      return;
    }
    if (this.#closing) return;
    this.#closing = true;
    this.#pipe?.shut();
    if (this.#binder || (this.#pipe?.left ?? 0) === 0) this.#end();
  }

  abort(): number {
    const left = this.#pipe?.left ?? 0;
    this.#end();
    return left;
  }

  #wait(): void {
    this.loop.post(() => {
      if (!this.#over) this.#core.context.inproc.wait(this.endpoint, this);
    });
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    const { inproc } = this.#core.context;
    inproc.leave(this.endpoint, this);
    const pipe = this.#pipe;
    const theirs = this.#theirs;
    const binder = this.#binder;
    this.#pipe = undefined;
    pipe?.finish();
    if (theirs) this.loop.post(() => binder?.left(theirs));
    if (pipe) this.pattern.detach(pipe);
    this.#onClosed?.();
  }
}
