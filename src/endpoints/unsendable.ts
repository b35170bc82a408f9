import { attributed } from '../basics/attributed.js';
import { retell } from '../basics/retell.js';
import { isSigs } from '../codecs/sigsReading.js';

/** A value that cannot be sent, and where. */
export interface Unsendable {
  readonly of: string;
  readonly endpoints: readonly string[];
  readonly codec: unknown;
  readonly value: unknown;
}

/** Adds to the error of a codec where the value was to be sent, and which codec would take it. */
export function unsendable(error: unknown, { of, endpoints, codec, value }: Unsendable): unknown {
  const { code, fault } = (error ?? {}) as { readonly code?: string; readonly fault?: string };
  if (code === 'ERR_FRAME' && isSigs(codec) && (fault === 'value' || fault === 'sampleType')) {
    const hint = hintFor(value);
    const { message } = error as Error;
    if (hint !== undefined) retell(error as Error, `${message}; without option 'codec' only frames are sent: ${hint}`);
  }
  return attributed(error, of, endpoints.join(', '));
}

/** The codec for a value that is no frame. */
function hintFor(value: unknown): string | undefined {
  if (typeof value === 'string') return 'codec: text sends strings, codec: json() values as JSON';
  if (value instanceof Uint8Array) return 'codec: raw sends bytes, as [bytes]';
  if (Array.isArray(value) && value.length > 0 && value.every((part) => part instanceof Uint8Array)) {
    return 'codec: raw sends the parts of a message';
  }
  const isOther = typeof value !== 'object' || value === null || !('samples' in value || 'sampleType' in value);
  if (!isOther || ArrayBuffer.isView(value) || Array.isArray(value)) return undefined;
  return 'codec: json() sends it as JSON';
}
