import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { type Frame, frame } from 'rxzmq';
import type { SigmfMeta } from 'rxzmq/sigmf';
import { onTestFinished } from 'vitest';

/** A folder of the test's own; gives paths in it. */
export function folder(): (name?: string) => string {
  const path = mkdtempSync(join(tmpdir(), 'rxzmq-sigmf-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return (name = '') => join(path, name);
}

export const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/sigmf/${name}`, import.meta.url));

/** Everything that an Observable gives. */
export const all = <T>(source: Observable<T>): Promise<T[]> => lastValueFrom(source.pipe(toArray()));

/** The error that it ends with. */
export async function failure(source: Observable<unknown>): Promise<Error & { code?: string; [key: string]: unknown }> {
  return lastValueFrom(source.pipe(toArray())).then(
    (values) => {
      throw new Error(`it completed, with ${values.length} values`);
    },
    (error: unknown) => error as never,
  );
}

export const metaOf = (base: string): SigmfMeta => JSON.parse(readFileSync(`${base}.sigmf-meta`, 'utf8')) as SigmfMeta;

/** Writes a recording by hand. */
export function recordingOf(base: string, meta: unknown, data: Uint8Array): void {
  writeFileSync(`${base}.sigmf-meta`, typeof meta === 'string' ? meta : JSON.stringify(meta));
  writeFileSync(`${base}.sigmf-data`, data);
}

export const START_NS = 1_700_000_000_000_000_000n;

/** A frame of a stream of 1 MS/s whose clock counts samples: 100 samples each, unless told otherwise. */
export function numbered(sequence: number, fields: Partial<Frame> = {}, samples = 100): Frame {
  const made = frame(
    Int16Array.from({ length: samples * 2 }, (_, i) => sequence * 100 + i),
    { sampleRate: 1e6, centerFreq: 1e8 },
  );
  const timestampNs = START_NS + BigInt(sequence * samples) * 1000n;
  return { ...made, sequence, timestampNs, ...fields } as Frame;
}

/** A program beside the tests, as a process of its own. `limit`: the largest file that it may write, in KiB. */
export function program(name: string, args: readonly string[], limit?: number): ChildProcess {
  const path = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  const command = [process.execPath, '--import', 'tsx', path, ...args];
  const child =
    limit === undefined
      ? spawn(command[0] as string, command.slice(1))
      : spawn('bash', ['-c', 'ulimit -f "$0"; exec "$@"', String(limit), ...command]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Samples of each type, ends of their range included. */
export const arrays = {
  ci8: Int8Array.from([-128, -1, 0, 127]),
  ci16: Int16Array.from([-32768, -1, 0, 32767]),
  ci32: Int32Array.from([-(2 ** 31), -1, 0, 2 ** 31 - 1]),
  cf32: Float32Array.from([-1, 0.5, 0, 1e30]),
  cf64: Float64Array.from([-1, 0.1, 0, 1e300]),
} as const;
