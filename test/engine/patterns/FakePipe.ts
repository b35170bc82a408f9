import type { Parts } from '../../../src/basics/Parts.js';
import type { Pattern } from '../../../src/engine/patterns/Pattern.js';
import { nextPipeId, type Pipe } from '../../../src/engine/pipes/Pipe.js';
import type { PeerInfo } from '../../../src/engine/zmtp/PeerInfo.js';

/** A part of a message in a test: text stands for its latin1 bytes. */
export type PartLike = string | Uint8Array;

export const bytes = (part: PartLike): Uint8Array =>
  typeof part === 'string' ? Uint8Array.from(part, (character) => character.charCodeAt(0)) : part;

export const text = (part: Uint8Array): string => Buffer.from(part).toString('latin1');

/** A message, or none, as texts. */
export const texts = (parts: Parts | undefined): string[] | undefined => parts?.map(text);

export interface FakePipeSettings {
  /** It belongs to a connect endpoint. @default false */
  readonly connects?: boolean;
  /** How many messages it takes before it is full. @default Infinity */
  readonly room?: number;
  /** It takes nothing while no peer is there. @default false */
  readonly waits?: boolean;
  /** What the peer says of itself when it connects, as far as it matters. */
  readonly peer?: Partial<PeerInfo>;
  readonly assignedId?: PartLike;
}

/** What was lent by the last read of any pipe: the next one writes over it, as a page of memory that is used again would. */
let lent: Uint8Array[] = [];

/** A peer whose every move a test makes. */
export class FakePipe implements Pipe {
  readonly id = nextPipeId();
  readonly connects: boolean;
  readonly assignedId: Uint8Array | undefined;
  peer: PeerInfo | undefined;
  connected = false;
  /** Whether it has ended, by `close` or by the pattern's `end`. */
  ended = false;
  /** What was written and not taken back. */
  readonly written: Parts[] = [];
  /** Subscriptions (`+topic`), their ends (`-topic`), groups joined (`+group`) and left (`-group`), in the order of being told. */
  readonly told: string[] = [];
  /** The reasons of `refuse`. */
  readonly refusals: string[] = [];
  /** Incoming messages that were dropped by `discard`. */
  discarded = 0;
  /** `refuse` ends the connection from within. */
  refusesAtOnce = false;
  readonly #info: PeerInfo;
  readonly #waits: boolean;
  #room: number;
  #incoming: Parts[] = [];
  #pattern: Pattern | undefined;

  constructor({ connects = false, room = Infinity, waits = false, peer = {}, assignedId }: FakePipeSettings = {}) {
    this.connects = connects;
    this.assignedId = assignedId === undefined ? undefined : bytes(assignedId);
    this.#room = room;
    this.#waits = waits;
    this.#info = { version: 3.1, socketType: '', identity: new Uint8Array(), properties: new Map(), ...peer };
  }

  /** Attaches it: one that was accepted with its handshake done, one that connects before it. Gives what `attach` gave. */
  open(pattern: Pattern): boolean {
    if (!this.connects) this.#greeted();
    const taken = pattern.attach(this);
    if (!taken) return false;
    this.#pattern = pattern;
    if (this.connected) pattern.connected(this);
    return true;
  }

  /** Its handshake is done, the first or another one. */
  connect(peer: Partial<PeerInfo> = {}): this {
    const before = this.writable;
    this.#greeted(peer);
    this.#pattern!.connected(this);
    if (!before && this.writable) this.#pattern!.writable(this);
    return this;
  }

  /** Its connection is gone; it waits for the next. */
  disconnect(): void {
    this.connected = false;
    this.#pattern!.disconnected(this);
  }

  /** It ends. What was delivered stays readable. */
  close(): void {
    this.connected = false;
    this.ended = true;
    this.#pattern!.detach(this);
  }

  /** A message comes from the peer. */
  deliver(...parts: PartLike[]): void {
    const had = this.readable;
    this.#incoming.push(parts.map((part) => bytes(part).slice()));
    if (!had) this.#pattern!.readable(this);
  }

  /** The peer subscribes by a command. */
  deliverSubscription(topic: PartLike, on = true): void {
    this.#pattern!.subscription(this, bytes(topic), on);
  }

  /** The peer joins or leaves a group. */
  deliverMembership(group: PartLike, on = true): void {
    this.#pattern!.membership(this, bytes(group), on);
  }

  /** So many messages it takes from now on. */
  set room(count: number) {
    const before = this.writable;
    this.#room = count;
    if (!before && this.writable) this.#pattern?.writable(this);
  }

  get room(): number {
    return this.#room;
  }

  /** What was written, as texts. */
  get sent(): string[][] {
    return this.written.map((parts) => parts.map(text));
  }

  /** {@link sent}, which is forgotten. */
  takeSent(): string[][] {
    const sent = this.sent;
    this.written.length = 0;
    return sent;
  }

  /** {@link told}, which is forgotten. */
  takeTold(): string[] {
    return this.told.splice(0);
  }

  get writable(): boolean {
    return !this.ended && this.#room > 0 && (this.connected || (this.connects && !this.#waits));
  }

  write(parts: Parts, owned: boolean): void {
    if (!this.writable) throw new Error('written to a pipe that takes nothing');
    this.#room -= 1;
    this.written.push(owned ? parts : parts.map((part) => part.slice()));
  }

  get readable(): boolean {
    return this.#incoming.length > 0;
  }

  read(borrow: boolean): Parts | undefined {
    for (const part of lent) part.fill(0xee);
    lent = [];
    const parts = this.#incoming.shift();
    if (parts && borrow) lent = parts.filter(({ length }) => length < 4096);
    return parts;
  }

  discard(): void {
    this.discarded += this.#incoming.length;
    this.#incoming = [];
  }

  subscribe(topic: Uint8Array, on: boolean): void {
    if (this.connected) this.told.push((on ? '+' : '-') + text(topic));
  }

  join(group: Uint8Array, on: boolean): void {
    if (this.connected) this.told.push((on ? '+' : '-') + text(group));
  }

  withdraw(parts: Parts): boolean {
    const at = this.written.indexOf(parts);
    if (at < 0) return false;
    this.written.splice(at, 1);
    this.#room += 1;
    return true;
  }

  refuse(reason: string): void {
    this.refusals.push(reason);
    if (!this.refusesAtOnce || !this.connected) return;
    if (this.connects) this.disconnect();
    else this.close();
  }

  end(): void {
    this.ended = true;
  }

  #greeted(peer: Partial<PeerInfo> = {}): void {
    this.connected = true;
    this.peer = { ...this.#info, ...peer };
  }
}
