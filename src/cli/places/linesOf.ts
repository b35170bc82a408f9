import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { catchError, defer, map, type Observable, throwError } from 'rxjs';
import { fromIterable } from '../../index.js';
import { literal } from '../code/literal.js';
import type { Piece } from '../code/Piece.js';
import type { CodecName } from '../options/receiveOptions.js';
import { Failure } from '../run/Failure.js';
import { STANDARD } from './placeOf.js';

/** How much of a wrong line is shown. */
const START = 40;

/**
 * The messages of a text: each line is one, of text, of JSON or, for `raw`, of bytes as hex digits, parts apart by spaces.
 *
 * @param topic the topic of all messages. @default none
 */
export function linesOf(path: string, codec: CodecName, topic: string | undefined): Piece<Observable<unknown>> {
  const convert = CONVERT[codec] ?? CONVERT.text!;
  const name = literal(path).text;
  const input = path === STANDARD ? 'process.stdin' : `createReadStream(${name})`;
  const value = topic === undefined ? convert.text : `({ topic: ${literal(topic).text}, value: ${convert.text} })`;
  const steps = topic === undefined && convert.text === 'line' ? '' : `.pipe(map((line) => ${value}))`;
  return {
    make: () =>
      defer(() => {
        if (path !== STANDARD) requireFile(path);
        const stream = path === STANDARD ? process.stdin : createReadStream(path);
        return fromIterable(createInterface({ input: stream })).pipe(
          map((line) => (topic === undefined ? convert.run(line) : { topic, value: convert.run(line) })),
          catchError((error: unknown) => throwError(() => asFailure(path, error))),
        );
      }),
    text: `fromIterable(createInterface({ input: ${input} }))${steps}`,
    imports: {
      'node:readline': ['createInterface'],
      ...(path !== STANDARD && { 'node:fs': ['createReadStream'] }),
      ...(steps !== '' && { rxjs: ['map'] }),
      rxzmq: ['fromIterable'],
    },
  };
}

interface Conversion {
  readonly run: (line: string) => unknown;
  readonly text: string;
}

const CONVERT: Partial<Record<CodecName, Conversion>> = {
  text: { run: (line) => line, text: 'line' },
  json: { run: parsed, text: 'JSON.parse(line) as unknown' },
  raw: {
    run: (line) => line.trim().split(/\s+/).map(bytesOf),
    text: "line.trim().split(/\\s+/).map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))",
  },
};

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new Failure(`a line is no JSON: '${line.slice(0, START)}'`);
  }
}

function bytesOf(hex: string): Uint8Array {
  if (/^([\da-f]{2})+$/i.test(hex)) return Uint8Array.from(Buffer.from(hex, 'hex'));
  throw new Failure(`a part is not written in hex digits: '${hex.slice(0, START)}'`);
}

function requireFile(path: string): void {
  try {
    if (statSync(path).isFile()) return;
  } catch (error) {
    throw asFailure(path, error);
  }
  throw new Failure(`${path} is no file`);
}

function asFailure(path: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof Failure) return error;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error instanceof Error ? error : new Failure(message);
  return new Failure(`${path}: ${code === 'ENOENT' ? 'there is no such file' : code}`);
}
