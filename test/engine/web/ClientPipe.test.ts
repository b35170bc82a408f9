import { expect, it } from 'vitest';
import type { PipeListener } from '../../../src/engine/pipes/PipeListener.js';
import { ClientPipe } from '../../../src/engine/web/ClientPipe.js';
import { SendWindow } from '../../../src/engine/web/SendWindow.js';
import { sharesMessages } from '../../../src/engine/web/sharesMessages.js';
import { WebBudget } from '../../../src/engine/web/WebBudget.js';
import type { WebPipeSettings } from '../../../src/engine/web/WebPipe.js';

const MESSAGE = [new Uint8Array(992)]; // 1000 bytes on the wire
const settings: WebPipeSettings = {
  newestOnly: false,
  withdraws: false,
  released: undefined,
  requiresPeer: false,
  sendMarks: { messages: Infinity, bytes: Infinity },
  outgoing: sharesMessages,
};
const limits = { maxSubscriptions: 1, maxTopicBytes: 1 };

/** The pipes of clients that share a budget, and those that were told that they have space. */
function clients(maxBytes: number) {
  const budget = new WebBudget(maxBytes);
  const told: unknown[] = [];
  const pattern = { writable: (pipe) => told.push(pipe) } as Partial<PipeListener> as PipeListener;
  const client = () => new ClientPipe(settings, pattern, () => undefined, { budget, limits });
  return { told, client };
}

function fill(pipe: ClientPipe): number {
  let written = 0;
  for (; pipe.writable; written += 1) pipe.write(MESSAGE, false);
  return written;
}

/** Its client reads that many messages. */
function read(pipe: ClientPipe, messages: number): void {
  const window = new SendWindow(messages, Infinity);
  while (pipe.outbox.take(window) !== undefined) pipe.handedOver();
}

it('has space again when its client reads, even if others that do not read hold all that they may hold together', () => {
  const { told, client } = clients(10_000);
  const [deaf, reader] = [client(), client()];
  expect([fill(deaf), fill(reader)]).toEqual([10, 5]); // all of it, and an equal share
  read(reader, 2);
  expect([told.length, reader.writable]).toEqual([0, true]);
  expect(fill(reader)).toBe(2);
  read(reader, 3);
  expect([told[0] === reader, told.length, reader.writable, deaf.writable]).toEqual([true, 1, true, false]);
  expect(fill(reader)).toBe(3);
  read(reader, 5);
  expect([told[1] === reader, told.length]).toEqual([true, 2]);
});

it('has space again when the others have read most', () => {
  const { told, client } = clients(10_000);
  const [deaf, reader] = [client(), client()];
  fill(reader);
  fill(deaf);
  read(reader, 9);
  expect([told.includes(deaf), deaf.writable]).toEqual([false, true]);
  read(reader, 1);
  expect(told.includes(deaf)).toBe(true);
});
