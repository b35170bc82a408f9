import { retell } from './retell.js';

/** The codes of errors that are made for one message, one request or one socket. Others name their function already, or are shared. */
const OWN_CODES = [
  'ERR_FRAME',
  'ERR_CODEC',
  'ERR_SOCKET',
  'ERR_SECURITY',
  'ERR_DRAIN',
  'ERR_REQUEST_TIMEOUT',
  'ERR_NO_RESPONDERS',
  'ERR_NATIVE_LOAD',
];

/** An option that is used when the socket opens, such as the path of a file. */
const isLateOption = (code: string, message: string): boolean =>
  code === 'ERR_OPTION' && message.startsWith("option '");

/**
 * Names the function and its endpoints at the beginning of an error's text, if it is one of this library and does not name them
 * yet. Other errors are returned unchanged.
 *
 * @param endpoints joined by `', '`; `''`: none
 */
export function attributed<E>(error: E, of: string, endpoints = ''): E {
  if (!(error instanceof Error)) return error;
  const { message, code = '' } = error as Error & { readonly code?: string };
  if (!OWN_CODES.includes(code) && !isLateOption(code, message)) return error;
  if (message.startsWith(of) && /^\W/.test(message.slice(of.length))) return error;
  const where = endpoints === '' || message.includes(endpoints) ? of : `${of} ${endpoints}`;
  retell(error, `${where}: ${message}`);
  return error;
}
