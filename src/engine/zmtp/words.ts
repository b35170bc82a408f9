import { startsWith } from '../../basics/bytes.js';
import { ascii, textOf } from './ascii.js';
import { commandName } from './commands.js';
import { quote } from './quote.js';
import { ZmtpError } from './ZmtpError.js';

/** The names of the handshake commands. */
export const HELLO = commandName('HELLO');
export const WELCOME = commandName('WELCOME');
export const INITIATE = commandName('INITIATE');
export const READY = commandName('READY');
export const MESSAGE = commandName('MESSAGE');
export const ERROR = commandName('ERROR');
/** libzmq's PLAIN server begins its ERROR like this, by mistake, and its client knows only this form. */
export const LIBZMQ_PLAIN_ERROR = ascii('^RROR');

/**
 * Checks that the body is that of the expected command, and that it is long enough.
 *
 * @throws ZmtpError if it is not
 */
export function expectCommand(word: Uint8Array, body: Uint8Array, minBytes = word.length): void {
  if (!startsWith(body, word)) throw new ZmtpError(`expected ${wordOf(word)}, got ${quote(nameIn(body))}`);
  if (body.length < minBytes) {
    throw new ZmtpError(`${wordOf(word)} of ${body.length} bytes: at least ${minBytes} were expected`);
  }
}

/**
 * The same for a body of a fixed length.
 *
 * @throws ZmtpError if it is another command, or has another length
 */
export function expectExactly(word: Uint8Array, body: Uint8Array, bytes: number): void {
  expectCommand(word, body);
  if (body.length !== bytes) throw new ZmtpError(`${wordOf(word)} of ${body.length} bytes: ${bytes} were expected`);
}

function wordOf(word: Uint8Array): string {
  return textOf(word.subarray(1));
}

/** The name of a command, or the whole body if it cannot contain a name. */
function nameIn(body: Uint8Array): Uint8Array {
  const end = 1 + (body[0] ?? 0);
  return end > 1 && end <= body.length ? body.subarray(1, end) : body;
}
