import { filter, firstValueFrom, type Observable, ReplaySubject, take, tap, toArray } from 'rxjs';
import { onTestFinished } from 'vitest';
import {
  endOfStream,
  fromReader,
  type FromReaderOptions,
  type Message,
  message,
  openReader,
  type OpenReaderOptions,
  openWriter,
  type OpenWriterOptions,
  type ReaderResult,
  type ReaderStatus,
  type SavantReader,
  type SavantWriter,
  userData,
} from '../../src/savant/index.js';
import { type Collected, collect } from '../helpers/collect.js';

/** Kinds of pairs, the writer's socket first. */
export const pairs = [
  ['pub', 'sub'],
  ['dealer', 'router'],
  ['req', 'rep'],
] as const;

/** Any free port of this machine. */
export const anyPort = 'tcp://127.0.0.1:0';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const data = (sourceId: string): Message => message(userData(sourceId));
export const end = (sourceId: string): Message => message(endOfStream(sourceId));

/** Hears and keeps what a reader or writer tells. */
export class Told {
  readonly all: ReaderStatus[] = [];
  readonly #told = new ReplaySubject<ReaderStatus>();

  readonly next = (status: ReaderStatus): void => {
    this.all.push(status);
    this.#told.next(status);
  };

  /** The nth of a kind, from 1. */
  async nth<K extends ReaderStatus['kind']>(kind: K, n = 1): Promise<Extract<ReaderStatus, { readonly kind: K }>> {
    const found = this.#told.pipe(
      filter((status): status is Extract<ReaderStatus, { readonly kind: K }> => status.kind === kind),
      take(n),
      toArray(),
    );
    return (await firstValueFrom(found))[n - 1]!;
  }

  /** The real endpoint once it is bound. */
  async endpoint(): Promise<string> {
    return (await this.nth('listening')).endpoint;
  }
}

/** What a reader has given, what it gives, and what it tells. */
export type Reading = Collected<ReaderResult> & { readonly told: Told; readonly arrived: Observable<ReaderResult> };

/** A reader that is subscribed until the test ends. */
export function reading(url: string, options: FromReaderOptions = {}): Reading {
  const told = new Told();
  const arrived = new ReplaySubject<ReaderResult>();
  const collected = collect(fromReader(url, { ...options, status: told }).pipe(tap((result) => arrived.next(result))));
  return Object.assign(collected, { told, arrived });
}

/** A handle that is started, and shut down when the test ends. */
export async function started(url: string, options: OpenReaderOptions = {}): Promise<[SavantReader, string]> {
  const reader = openReader(url, options);
  onTestFinished(() => reader[Symbol.asyncDispose]());
  return [reader, await reader.start()];
}

/** The same, of a writer. */
export async function startedWriter(url: string, options: OpenWriterOptions = {}): Promise<[SavantWriter, string]> {
  const writer = openWriter(url, options);
  onTestFinished(() => writer[Symbol.asyncDispose]());
  return [writer, await writer.start()];
}

/** What a result is, in short: its kind, and of a message what it holds. */
export function brief(result: ReaderResult): string {
  if (result.kind !== 'message') return result.kind;
  const { payload, seqId } = result.message;
  const source = payload.kind === 'userData' || payload.kind === 'endOfStream' ? payload.sourceId : '';
  return `${payload.kind} ${source} ${seqId}`;
}
