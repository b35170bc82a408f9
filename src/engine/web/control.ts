import { decodeBase64url, encodeBase64url } from '../../basics/base64url.js';
import { closeCodes } from './closeCodes.js';
import { type Hello, parseHello } from './hello.js';
import { WebError } from './WebError.js';

/** The longest control text. */
const MAX_CONTROL_CHARS = 4096;
const MAX_PING_CHARS = 16;

/** The listener for control texts. */
export interface ControlSink {
  hello(hello: Hello): void;
  /** The peer has read that much. */
  credit(messages: number, bytes: number): void;
  subscription(topic: Uint8Array, on: boolean): void;
  /** The peer requests a pong with the same text. */
  ping(text: string): void;
  /** An answer to a ping, with the time of the peer's clock if the peer sends it. */
  pong(text: string, now: bigint | undefined): void;
  /** The gateway is about to close, and asks whether the peer has sent everything; or the peer answers that it has. */
  going(): void;
}

/** A gateway sends it before it closes, and the peer returns it when it sends no more: so nothing that a page has sent before is lost. */
export const GOING = 'G';

export function encodeCredit(messages: number, bytes: number): string {
  return `+${messages} ${bytes}`;
}

export function encodeSubscription(topic: Uint8Array, on: boolean): string {
  return `${on ? 'S' : 'U'}${encodeBase64url(topic)}`;
}

export function encodePing(text: string): string {
  return `P${text}`;
}

export function encodePong(text: string, now: bigint | undefined): string {
  return now === undefined ? `Q${text}` : `Q${text} ${now}`;
}

/**
 * Reads one control text. Unknown kinds are ignored: later versions may have more.
 *
 * @throws WebError
 */
export function readControl(text: string, sink: ControlSink): void {
  if (text.length > MAX_CONTROL_CHARS) throw broken(`a text of more than ${MAX_CONTROL_CHARS} characters`);
  const rest = text.slice(1);
  switch (text[0]) {
    case 'H':
      return sink.hello(parseHello(rest));
    case '+': {
      const [, messages, bytes] = /^(\d{1,15}) (\d{1,15})$/.exec(rest) ?? [];
      if (bytes === undefined) throw broken('a credit that is no two numbers');
      return sink.credit(Number(messages), Number(bytes));
    }
    case 'S':
    case 'U': {
      const topic = decodeBase64url(rest);
      if (topic === undefined) throw broken('a topic that is no base64url');
      return sink.subscription(topic, text[0] === 'S');
    }
    case 'P':
      if (rest.length > MAX_PING_CHARS) throw broken(`a ping of more than ${MAX_PING_CHARS} characters`);
      return sink.ping(rest);
    case 'Q': {
      const [, said = '', now] = /^(.{0,16}?)(?: (\d{1,20}))?$/s.exec(rest) ?? [];
      return sink.pong(said, now === undefined ? undefined : BigInt(now));
    }
    case GOING:
      return sink.going();
    default:
  }
}

function broken(reason: string): WebError {
  return new WebError(closeCodes.protocol, reason);
}
