import type { Parts } from '../../basics/Parts.js';
import { UnsupportedError } from '../../errors.js';
import type { Pipe } from '../pipes/Pipe.js';
import type { Pattern, PatternHost } from './Pattern.js';
import type { TypeOptions } from '../../driver/TypeOptions.js';

/** The common part of most patterns: what they do not support, and when they call their host. */
export abstract class BasePattern implements Pattern {
  /** Whether the host waits for `readable`: `receive` returned `undefined`, or was never called. */
  #hungry = true;
  /** Whether the host waits for `writable`: `send` returned `false`, or was never called. */
  #blocked = true;

  constructor(
    protected readonly host: PatternHost,
    protected readonly options: TypeOptions,
  ) {}

  get from(): Pipe | undefined {
    return undefined;
  }

  abstract attach(pipe: Pipe): boolean;
  connected(_pipe: Pipe): void {}
  disconnected(_pipe: Pipe): void {}
  abstract detach(pipe: Pipe): void;
  readable(_pipe: Pipe): void {}
  writable(_pipe: Pipe): void {}
  subscription(_pipe: Pipe, _topic: Uint8Array, _on: boolean): void {}
  membership(_pipe: Pipe, _group: Uint8Array, _on: boolean): void {}

  send(_parts: Parts, _owned: boolean): boolean {
    throw this.#unsupported('this socket type only receives');
  }

  hasRoom(): boolean {
    return true; // the message names its peer, which may be ready
  }

  receive(_borrow: boolean): Parts | undefined {
    throw this.#unsupported('this socket type only sends');
  }

  withdraw(_parts: Parts): boolean {
    return false;
  }

  subscribe(_topic: Uint8Array): void {
    throw this.#unsupported('only sub and xsub sockets subscribe, and xpub with `manual`');
  }

  unsubscribe(_topic: Uint8Array): void {
    throw this.#unsupported('only sub and xsub sockets subscribe, and xpub with `manual`');
  }

  join(_group: Uint8Array): void {
    throw this.#unsupported('only dish sockets join groups');
  }

  leave(_group: Uint8Array): void {
    throw this.#unsupported('only dish sockets join groups');
  }

  /** A message can be received: calls the host if it waits for that. Call it last: the host may receive at once. */
  protected arrived(): void {
    if (!this.#hungry) return;
    this.#hungry = false;
    this.host.readable();
  }

  /** What `receive` returns if there is no message. */
  protected nothing(): undefined {
    this.#hungry = true;
    return undefined;
  }

  /** A queue has space: calls the host if it waits for that. Call it last: the host may send at once. */
  protected roomMade(): void {
    if (!this.#blocked) return;
    this.#blocked = false;
    this.host.writable();
  }

  /** What `send` returns if the queue is full. */
  protected full(): false {
    this.#blocked = true;
    return false;
  }

  #unsupported(reason: string): UnsupportedError {
    return new UnsupportedError(`${this.host.endpoint}: ${reason}`);
  }
}
