import { readdirSync, readFileSync } from 'node:fs';
import type { Message } from '../../../src/savant/schema/types.js';
import { fromProtoJson } from './fromProtoJson.js';

export const VERSIONS = ['0.3.0', '1.15.1'] as const;

/** A message that a savant_rs process put on the wire. */
export interface Captured {
  readonly name: string;
  readonly version: (typeof VERSIONS)[number];
  readonly bytes: Uint8Array;
  /** What the official protobuf runtime makes of it. */
  readonly expected: Message;
}

const folder = (version: string) => new URL(`../../fixtures/savant/${version}/`, import.meta.url);

function load(version: Captured['version'], name: string): Captured {
  const at = folder(version);
  const described = JSON.parse(readFileSync(new URL(`${name}.expected.json`, at), 'utf8'));
  const bytes = new Uint8Array(readFileSync(new URL(`${name}.part${described.message_part}.bin`, at)));
  return { name, version, bytes, expected: fromProtoJson(described.decoded) };
}

export const captured: readonly Captured[] = VERSIONS.flatMap((version) =>
  readdirSync(folder(version))
    .filter((file) => file.endsWith('.expected.json'))
    .map((file) => load(version, file.slice(0, -'.expected.json'.length))),
);

/** One of them. */
export function capturedAs(name: string, version: Captured['version'] = '1.15.1'): Captured {
  const found = captured.find((one) => one.name === name && one.version === version);
  if (!found) throw new Error(`no fixture ${version}/${name}`);
  return found;
}
