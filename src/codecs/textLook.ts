import { utf8Text } from '../basics/utf8.js';

/** Longer texts are not examined. */
const MOST_TEXT_BYTES = 65_536;

/** Describes a message part that is text or JSON, and names the codec to use. */
export function textLook(part: Uint8Array): string | undefined {
  const text = textOf(part);
  if (text === undefined) return undefined;
  return isJson(text) ? 'JSON: use the codec json()' : 'text: use the codec text';
}

function textOf(part: Uint8Array): string | undefined {
  if (part.length === 0 || part.length > MOST_TEXT_BYTES) return undefined;
  try {
    const text = utf8Text(part).replace(/^\uFEFF/, '');
    return /^[\t\n\r\x20-\x7e\u00a0-\uffff]+$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[{["]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
