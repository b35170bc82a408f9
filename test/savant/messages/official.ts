import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';

const schema = readFileSync(new URL('../../../src/savant/schema/savant.proto', import.meta.url), 'utf8');
const { root } = protobuf.parse(schema, { keepCase: true });

/** The schema, read and written by protobufjs: another hand than the library's. */
export const official = root.lookupType('protocol.Message');

/** Bytes that any protobuf library would make, whether a savant peer takes them or not. */
export function bytesOf(fields: Record<string, unknown>): Uint8Array {
  const problem = official.verify(fields);
  if (problem !== null) throw new Error(problem);
  return new Uint8Array(official.encode(official.create(fields)).finish());
}
