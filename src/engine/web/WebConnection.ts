import { Deadline } from '../../time/Deadline.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { talkTo } from '../zmtp/talkTo.js';
import { type BatchSink, readBatch } from './batch.js';
import type { Channel, ChannelListener } from './Channel.js';
import { closeCodes, closeReason } from './closeCodes.js';
import { type ControlSink, encodePong, encodeSubscription, GOING, readControl } from './control.js';
import { encodeHello, type Hello } from './hello.js';
import { type ClockComparison, peerClocks } from './peerClocks.js';
import { Pings } from './Pings.js';
import { Reader } from './Reader.js';
import { SendWindow } from './SendWindow.js';
import type { WebConnectionOwner, WebConnectionSettings } from './WebConnectionOwner.js';
import { WebError } from './WebError.js';
import type { WebPipe, WebWire } from './WebPipe.js';

/** How much the channel itself may buffer; further messages stay in the outbox, where the high-water marks count them. */
const MOST_BUFFERED_BYTES = 256 * 1024;
/** When the buffer is checked again, in ms: not all channels report that they have sent it. */
const LOOK_AGAIN_MS = 10;
const NO_PROPERTIES: ReadonlyMap<string, Uint8Array> = new Map();

/** One WebSocket of `rxzmq.1`, from hello to close: puts received messages into its pipe, and sends the pipe's as the window allows. */
export class WebConnection implements ChannelListener, ControlSink, BatchSink, WebWire {
  readonly #settings: WebConnectionSettings;
  readonly #owner: WebConnectionOwner<WebConnection>;
  readonly #channel: Channel;
  readonly #reader: Reader;
  readonly #pings: Pings;
  #peerClock: ClockComparison | undefined;
  readonly #patience: Deadline;
  #window: SendWindow | undefined;
  #pipe: WebPipe | undefined;
  #cancelLook: (() => void) | undefined;
  #flushAsked = false;
  /** How to close, once the queued messages of the pipe are sent. */
  #ending: { readonly code: number; readonly reason: string } | undefined;
  /** The peer has announced that it is about to close: nothing more is sent to it. */
  #peerGoes = false;
  /** The time that the peer has to report that it has sent everything. */
  readonly #quiet: Deadline;
  #over = false;
  #isSlow = false;

  constructor(settings: WebConnectionSettings, owner: WebConnectionOwner<WebConnection>, channel: Channel) {
    const { clock, helloMs } = settings;
    this.#settings = settings;
    this.#owner = owner;
    this.#channel = channel;
    this.#reader = new Reader(settings, (text) => channel.send(text));
    this.#pings = new Pings(settings, {
      ping: (text) => channel.send(text),
      gone: (afterMs) => this.#broken(`nothing came for ${afterMs} ms`),
    });
    this.#patience = new Deadline(clock, () => this.#impatient());
    this.#patience.set(helloMs);
    this.#quiet = new Deadline(clock, () => this.transmit());
  }

  /** Bytes that were sent but have not left this process. */
  get unsent(): number {
    return this.#channel.bufferedBytes;
  }

  start(): void {
    const { hello, accepts, clock } = this.#settings;
    this.#channel.open(this);
    this.#channel.send(encodeHello({ ...hello, now: accepts ? clock.wallNs() : undefined }));
  }

  /** Sends the queued messages of the pipe, then closes. */
  close(): void {
    this.#endWith(closeCodes.done, '');
  }

  /**
   * The same, once the peer has sent everything: a browser that receives a close drops what it has not sent yet.
   *
   * @param quietMs how long the peer may take to report that it has sent everything
   */
  drain(code: number, reason: string, quietMs: number): void {
    if (this.#over || this.#ending) return;
    this.#quiet.set(quietMs);
    this.#channel.send(GOING);
    this.#endWith(code, reason);
  }

  /** Ends it at once; queued messages are not sent. */
  destroy(): void {
    this.#finish(closeCodes.broken, 'it was ended here', false);
    this.#channel.destroy();
  }

  /** Closes it for a reason that is not a fault of the peer on the wire: its time is over, or the gateway closes. */
  closeFor(code: number, reason: string): void {
    this.#fail(code, reason);
  }

  // Called by the channel.

  message(data: string | Uint8Array): void {
    if (this.#over) return;
    this.#pings.heard();
    const pipe = this.#pipe;
    const before = pipe?.inbox.messages ?? 0;
    let fault: WebError | undefined;
    try {
      if (typeof data === 'string') readControl(data, this);
      else if (pipe === undefined) throw new WebError(closeCodes.protocol, 'a batch before the hello');
      else readBatch(data, this.#settings, this);
    } catch (error) {
      if (!(error instanceof WebError)) throw error;
      fault = error;
    }
    if (this.#isOver()) return; // a listener has closed it
    pipe?.arrived(before);
    if (fault) this.#fail(fault.code, fault.message);
  }

  drained(): void {
    this.transmit();
  }

  closed(code: number, reason: string): void {
    this.#finish(code, reason, false);
    this.#owner.gone?.(this, code, reason);
  }

  // Called by `readControl`.

  hello(hello: Hello): void {
    if (this.#window !== undefined) throw new WebError(closeCodes.protocol, 'a second hello');
    const { hello: own, goneMs } = this.#settings;
    const [ownType, peerType] = [own.type.toUpperCase(), hello.type.toUpperCase()];
    if (!talkTo(ownType, peerType))
      throw new WebError(closeCodes.types, `a ${ownType} socket does not talk to ${peerType}`);
    this.#patience.clear();
    this.#window = new SendWindow(hello.messages, hello.bytes);
    this.#pings.start(hello.pingMs, goneMs);
    const pipe = this.#owner.established(this);
    if (typeof pipe === 'string') throw new WebError(closeCodes.tooMany, pipe);
    if (this.#over) return;
    const userId = this.#settings.accepts ? own.user : undefined;
    const peer: PeerInfo = {
      version: 3.1,
      socketType: peerType,
      identity: hello.id,
      properties: NO_PROPERTIES,
      userId,
    };
    this.#pipe = pipe;
    const { accepts, clock } = this.#settings;
    if (!accepts && hello.now !== undefined)
      this.#peerClock = peerClocks.open?.(clock, pipe.id, hello.now, (text) => this.#channel.send(text));
    pipe.open(this, peer, hello.conflate);
    pipe.notifyConnected(() => this.#owner.connected(this, pipe, peer));
  }

  credit(messages: number, bytes: number): void {
    this.#sendWindow().credit(messages, bytes);
    this.#patience.clear();
    if (this.#isSlow) {
      this.#isSlow = false;
      this.#owner.resumed?.(this);
    }
    this.transmit();
  }

  subscription(topic: Uint8Array, on: boolean): void {
    this.#sendWindow(); // only after the hello
    this.#pipe?.arrived(0); // messages that arrived before it are read before it
    if (this.#pipe) this.#owner.subscription(this.#pipe, topic, on);
  }

  ping(text: string): void {
    const { accepts, clock } = this.#settings;
    this.#pings.pinged();
    if (this.#channel.bufferedBytes >= MOST_BUFFERED_BYTES) return; // a peer that does not read its pongs gets no more of them
    this.#channel.send(encodePong(text, accepts ? clock.wallNs() : undefined));
  }

  going(): void {
    this.#sendWindow(); // only after the hello
    if (this.#settings.accepts) this.#quiet.clear();
    else if (!this.#peerGoes) {
      this.#peerGoes = true;
      this.#channel.send(GOING);
    }
    this.transmit();
  }

  pong(text: string, now: bigint | undefined): void {
    this.#sendWindow(); // only after the hello
    this.#peerClock?.pong(text, now);
  }

  // Called by `readBatch`.

  begin(bytes: number): void {
    this.#reader.came(bytes);
    this.#pipe!.came(bytes);
  }

  add(buffer: Uint8Array, length: number, more: boolean, start?: number): void {
    this.#pipe!.inbox.add(buffer, length, more, start);
  }

  // Called by the pipe.

  transmit(): void {
    const [pipe, window, channel] = [this.#pipe, this.#window, this.#channel];
    if (this.#over) return;
    if (pipe !== undefined && window !== undefined) {
      while (!this.#peerGoes && channel.bufferedBytes < MOST_BUFFERED_BYTES) {
        const batch = pipe.outbox.take(window);
        if (batch === undefined) break;
        channel.send(batch);
        if (channel.copiesAtOnce) pipe.outbox.recycle();
        this.#owner.progress(this);
        pipe.handedOver();
        if (this.#isOver()) return; // the listener of `writable` has closed it
      }
      if (pipe.outbox.messages > 0) {
        this.#lookAgain();
        const { slowMs } = this.#settings;
        if (slowMs < Infinity && !this.#patience.isSet && !this.#isSlow) this.#patience.set(slowMs);
        return;
      }
    }
    if (this.#ending && !this.#quiet.isSet) channel.close(this.#ending.code, this.#ending.reason);
  }

  transmitSoon(): void {
    if (this.#flushAsked) return;
    this.#flushAsked = true;
    this.#settings.flusher.ask(this);
  }

  flush(): void {
    this.#flushAsked = false;
    this.transmit();
  }

  subscribe(topic: Uint8Array, on: boolean): void {
    this.transmit(); // messages that were sent before it must arrive before it
    this.#channel.send(encodeSubscription(topic, on));
  }

  read(messages: number, bytes: number): void {
    this.#reader.read(messages, bytes);
  }

  refuse(reason: string): void {
    this.#fail(closeCodes.protocol, reason);
  }

  missed(): void {
    this.#owner.missed?.(this);
  }

  /** @throws WebError if the peer has not sent its hello */
  #sendWindow(): SendWindow {
    if (this.#window === undefined) throw new WebError(closeCodes.protocol, 'control before the hello');
    return this.#window;
  }

  /** The hello has not arrived in time, or messages have been queued too long without any credit. */
  #impatient(): void {
    const { helloMs, closeSlow, slowMs } = this.#settings;
    if (this.#window === undefined) {
      this.#fail(closeCodes.noHello, `no hello within ${helloMs} ms`);
      return;
    }
    this.#isSlow = true;
    this.#owner.stalled?.(this);
    if (closeSlow) this.#fail(closeCodes.tooSlow, `nothing was read for ${slowMs} ms`);
  }

  #endWith(code: number, reason: string): void {
    if (this.#over || this.#ending) return;
    this.#ending = { code, reason: closeReason(reason) };
    this.transmit();
  }

  #broken(reason: string): void {
    this.#finish(closeCodes.broken, reason, false);
    this.#channel.destroy();
  }

  #fail(code: number, reason: string): void {
    if (this.#over) return;
    this.#channel.close(code, closeReason(reason));
    this.#finish(code, reason, true);
  }

  /** Checks later whether the channel has space, if it has none now. */
  #lookAgain(): void {
    if (this.#channel.bufferedBytes < MOST_BUFFERED_BYTES || this.#cancelLook) return;
    // eslint-disable-next-line no-restricted-syntax -- only sends; decides nothing
    this.#cancelLook = this.#settings.clock.after(LOOK_AGAIN_MS, () => {
      this.#cancelLook = undefined;
      this.transmit();
    });
  }

  #isOver(): boolean {
    return this.#over;
  }

  #finish(code: number, reason: string, refused: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.#patience.close();
    this.#quiet.close();
    this.#cancelLook?.();
    this.#pings.stop();
    this.#peerClock?.close();
    this.#reader.stop();
    const pipe = this.#pipe;
    this.#pipe = undefined;
    pipe?.close();
    this.#owner.ended(this, { code, reason, established: pipe !== undefined, refused });
  }
}
