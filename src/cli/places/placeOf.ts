import { formatOfName, type IqFormat } from '../../sigmf/iq/IqFormat.js';
import { UsageError } from '../run/UsageError.js';

/** What an argument names: an endpoint, a receiver of rtl_tcp, a file of samples (`-`: standard input or output), or a recording. */
export type Place =
  | { readonly kind: 'endpoint'; readonly endpoint: string }
  | { readonly kind: 'receiver'; readonly address: string }
  | { readonly kind: 'samples'; readonly path: string; readonly format?: IqFormat }
  | { readonly kind: 'recording'; readonly path: string };

export const STANDARD = '-';
const RTL = 'rtl_tcp://';

/** Tells what an argument names. @throws UsageError, without what may be a secret */
export function placeOf(text: string, format?: IqFormat): Place {
  if (text === '') throw new UsageError('an empty argument is neither an endpoint nor a file');
  if (text.startsWith(RTL)) return { kind: 'receiver', address: text.slice(RTL.length) };
  if (/^[a-z+]+:\/\//i.test(text)) return { kind: 'endpoint', endpoint: checkedEndpoint(text) };
  if (/^(\[[^\]]+\]|[\w.*-]+):(\d+|\*)$/.test(text)) {
    throw new UsageError(`'${text}' has no transport; write it like 'tcp://${text}'`);
  }
  const found = format ?? formatOfName(text);
  if (text === STANDARD || found !== undefined) return { kind: 'samples', path: text, ...(found && { format: found }) };
  return { kind: 'recording', path: text };
}

/** How a message calls a place. */
export function nameOf(place: Place): string {
  if (place.kind === 'endpoint') return place.endpoint;
  if (place.kind === 'receiver') return `${RTL}${place.address}`;
  return place.path === STANDARD ? 'the standard input' : place.path;
}

/** Checks what the library cannot know: that this is a process of its own, and its arguments are public. @throws UsageError */
export function checkedEndpoint(endpoint: string): string {
  if (endpoint.startsWith('inproc:')) {
    throw new UsageError(`${endpoint} ends where this process does; use tcp:// or ipc://`);
  }
  const [, scheme = '', user] = /^([a-z+]+):\/\/([^/@]*)@(?!\w*$)/i.exec(endpoint) ?? [];
  if (user !== undefined && scheme !== 'ipc') {
    throw new UsageError(
      `a user or password does not belong into ${scheme}://...: others can read arguments; use --username and --password`,
    );
  }
  return endpoint;
}

/** The endpoint that a place is. @throws UsageError for anything else */
export function requireEndpoint(text: string, why: string): string {
  const place = placeOf(text);
  if (place.kind === 'endpoint') return place.endpoint;
  throw new UsageError(`${why} needs an endpoint such as tcp://radio:5555, not '${text}'`);
}
