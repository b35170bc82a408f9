/** The bytes of a topic, after `zeros` bytes of 0. */
export function topicBytes(text: string, zeros = 0): Uint8Array {
  const bytes = new Uint8Array(zeros + text.length);
  for (let at = 0; at < text.length; at += 1) bytes[zeros + at] = text.charCodeAt(at);
  return bytes;
}
