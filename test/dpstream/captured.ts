import { readdirSync, readFileSync } from 'node:fs';
import type { SampleType } from '../../src/samples/types.js';

/** What a captured message holds, as the file beside it says. */
export interface Expected {
  readonly type: string | null;
  readonly kindName: string;
  readonly flags: number;
  readonly sequence: string;
  readonly timestampNs: string;
  readonly sampleRate: number;
  readonly centerFreq: number;
  readonly numSamples: string;
  readonly samples?: readonly number[];
  readonly records?: readonly { n: string; value: number; probe: number; flags: number }[];
}

const root = new URL('../fixtures/nats/', import.meta.url);

export function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, root)));
}

export function expectedOf(path: string): Expected {
  return JSON.parse(readFileSync(new URL(`${path}.expected.json`, root), 'utf8'));
}

/** The captured messages of a folder, without their endings. */
export function captured(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, root))
    .filter((name) => name.endsWith('.bin'))
    .map((name) => `${folder}/${name.slice(0, -'.bin'.length)}`);
}

export function typeOf({ type }: Expected): SampleType {
  return type!.toLowerCase() as SampleType;
}

/** A good CF32 frame of two samples, sequence 5. */
export function goodMessage(): Uint8Array {
  const message = new Uint8Array(80);
  const view = new DataView(message.buffer);
  message.set(new TextEncoder().encode('DPSTREAMEEEICF'));
  view.setUint16(16, 2, true);
  view.setUint32(20, 16, true);
  view.setBigUint64(24, 5n, true);
  view.setBigUint64(32, 7n, true);
  view.setFloat64(40, 1e6, true);
  view.setBigUint64(56, 2n, true);
  view.setFloat32(64, 1, true);
  view.setFloat32(76, -1, true);
  return message;
}

/** The same with one thing changed. */
export function bent(change: (view: DataView, message: Uint8Array) => void): Uint8Array {
  const message = goodMessage();
  change(new DataView(message.buffer), message);
  return message;
}
