import { byteText } from './byteText.js';

/** Bytes as base64url, without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  return btoa(byteText(bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes of a base64url, without padding; `undefined` if it is invalid. */
export function decodeBase64url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  return bytes;
}
