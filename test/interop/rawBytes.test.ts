import { from } from 'rxjs';
import { raw, reply, request } from 'rxzmq';
import { expect, it } from 'vitest';
import { Peer } from './harness/Peer.js';
import { record, Statuses } from './harness/record.js';

// doppler's REQ and REP have a second form, one part without a header. Its C library offers it, its Python side does not.
const BYTES = ['00', 'ff00', '5347495300'.repeat(100)];

it('request to doppler REP, as raw bytes', async () => {
  const replier = Peer.start('raw_replier');
  const requests = BYTES.map((bytes) => [Buffer.from(bytes, 'hex')]);
  const asked = record(from(requests).pipe(request(await replier.bound(), { codec: raw, concurrency: 2 })));

  const replies = await asked.values.takeMany(BYTES.length);
  await asked.completed;

  expect(replies.map((parts) => parts.map(hex))).toEqual(BYTES.map((bytes) => [reversed(bytes)]));
  expect((await replier.take(BYTES.length, 'rawRequest')).map(({ bytes }) => bytes)).toEqual(BYTES);
});

it('doppler REQ to reply, as raw bytes', async () => {
  const statuses = new Statuses();
  const served = record(
    reply('tcp://127.0.0.1:*', (parts) => parts.map((part) => Uint8Array.from(part).reverse()), {
      codec: raw,
      status: statuses,
    }),
  );
  const requester = Peer.start('raw_requester', '--endpoint', await statuses.bound());
  for (const bytes of BYTES) requester.order({ bytes });

  const replies = await requester.take(BYTES.length, 'rawReply');
  const pairs = await served.values.takeMany(BYTES.length);

  expect(replies.map(({ bytes }) => bytes)).toEqual(BYTES.map(reversed));
  expect(pairs.map((pair) => pair.request.map(hex))).toEqual(BYTES.map((bytes) => [bytes]));
  expect(pairs.map((pair) => pair.reply.map(hex))).toEqual(BYTES.map((bytes) => [reversed(bytes)]));
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function reversed(bytes: string): string {
  return Buffer.from(bytes, 'hex').reverse().toString('hex');
}
