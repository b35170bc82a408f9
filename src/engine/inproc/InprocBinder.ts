import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { CarrierError } from '../carriers/reasons.js';
import { InprocPipe, type InprocOwner } from '../pipes/InprocPipe.js';
import { talkTo } from '../zmtp/talkTo.js';
import type { InprocBound, InprocWaiting } from '../context/InprocNames.js';
import { ownPeerInfo } from '../zmtp/ownPeerInfo.js';
import type { SocketCore, SocketEndpoint } from '../connections/SocketCore.js';

/** A bound inproc name. */
export class InprocBinder implements SocketEndpoint, InprocOwner, InprocBound {
  readonly endpoint: string;
  readonly isBound = true;
  /** The peer has each message at once. */
  readonly unsentBytes = 0;
  readonly #core: SocketCore;
  readonly #peers = new Map<InprocPipe, InprocWaiting>();
  #bound = false;
  #onClosed: (() => void) | undefined;
  #over = false;

  constructor(core: SocketCore, endpoint: string) {
    this.#core = core;
    this.endpoint = endpoint;
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

  get peer(): PeerInfo {
    return ownPeerInfo(this.#core.settings);
  }

  start(): void {
    this.loop.post(() => {
      if (this.#over) return;
      const { inproc } = this.#core.context;
      if (inproc.isBound(this.endpoint)) {
        this.#over = true;
        const error = new CarrierError('EADDRINUSE', 'the name is taken');
        this.#core.failed('bind', this.endpoint, error.message, error);
        return;
      }
      this.#bound = true;
      inproc.bind(this.endpoint, this);
      this.#core.notify({ kind: 'listening', endpoint: this.endpoint });
      inproc.notifyWaiting(this.endpoint); // does nothing if the observer of the status has closed it
    });
  }

  /** Returns the pipe for a connector, or the reason why there is none; `undefined`: the listener has closed it in the meantime. */
  accept(connector: InprocWaiting, peer: PeerInfo): InprocPipe | string | undefined {
    if (!talkTo(this.peer.socketType, peer.socketType)) {
      return `a ${this.peer.socketType} socket does not talk to ${peer.socketType}`;
    }
    const pipe = new InprocPipe(this, false);
    this.#peers.set(pipe, connector); // first: `attach` may call back, and the listener may write and close
    if (!this.pattern.attach(pipe)) {
      this.#peers.delete(pipe);
      return 'the socket has its peer already';
    }
    return this.#peers.has(pipe) ? pipe : undefined;
  }

  /** The two ends are connected. */
  joined(): void {
    this.#core.notify({ kind: 'connected', endpoint: this.endpoint });
  }

  /** The connector is gone. */
  left(pipe: InprocPipe): void {
    if (!this.#peers.delete(pipe)) return;
    pipe.finish();
    if (!this.#over)
      this.#core.notify({ kind: 'disconnected', endpoint: this.endpoint, reason: 'the peer closed its socket' });
    this.pattern.detach(pipe);
    this.#retireIfAlone();
  }

  refused(_pipe: InprocPipe, reason: string): void {
    this.#core.dropped(1, reason);
  }

  ended(pipe: InprocPipe): void {
    const connector = this.#peers.get(pipe);
    if (!connector) return;
    this.#peers.delete(pipe);
    pipe.finish();
    this.loop.post(() => connector.lost('the peer ended the connection'));
    this.pattern.detach(pipe);
    this.#retireIfAlone();
  }

  progress(): void {
    this.#core.progress(this);
  }

  /** Gives up the name; its peers stay connected. `false`: it was given up before. */
  unbind(): boolean {
    if (!this.#bound) return false;
    this.#bound = false;
    this.#core.context.inproc.unbind(this.endpoint, this);
    this.#retireIfAlone();
    return true;
  }

  close(closed: () => void): void {
    this.#onClosed = closed;
    this.abort();
    this.#onClosed?.();
  }

  /** Without a name and peers, the socket need not keep it. */
  #retireIfAlone(): void {
    if (!this.#bound && !this.#over && this.#peers.size === 0) this.#core.retire(this);
  }

  abort(): number {
    if (this.#over) return 0;
    this.#over = true;
    this.unbind();
    for (const [pipe, connector] of [...this.#peers]) {
      this.#peers.delete(pipe);
      pipe.finish();
      this.loop.post(() => connector.lost('the peer closed its socket'));
      this.pattern.detach(pipe);
    }
    return 0;
  }
}
