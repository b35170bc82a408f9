import { from, of, Subject } from 'rxjs';
import { fromPull, fromSub, reply, request, toPub, toPush } from 'rxzmq';
import { encodePmt, pdu, pmt, type PmtInput } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { captured, valueOf } from '../../gnuradio/fixtures.js';
import { record, Statuses } from '../harness/record.js';
import { Flowgraph, hasGnuRadio, type Order } from './Flowgraph.js';

const endpoint = 'tcp://127.0.0.1:*';
/** A message of every kind. */
const all = captured.messages.filter(({ name }) => name.startsWith('msg_'));
const described = all.map(({ pmt: value }) => value);

describe.skipIf(!hasGnuRadio)('from the message blocks of GNU Radio', () => {
  it('push_msg_sink: every kind of PMT', async () => {
    const messages = described.filter((value) => !Object.is(value.value, -0)); // an order is JSON, which cannot say it
    const order: Order = { block: 'push_msg_sink', endpoint, bind: true, messages };
    const received = record(fromPull(await Flowgraph.start(order).bound(), { codec: pmt() }));

    for (const value of messages) expect(await received.values.take()).toStrictEqual(valueOf(value));
  });

  it('push_msg_sink that connects: PDUs', async () => {
    const statuses = new Statuses();
    const received = record(fromPull(endpoint, { bind: true, codec: pdu(), status: statuses }));
    const pdus = all.filter(({ name }) => name.startsWith('msg_pdu'));
    const messages = pdus.map(({ pmt: value }) => value);
    Flowgraph.start({ block: 'push_msg_sink', endpoint: await statuses.bound(), bind: false, messages });

    for (const { car, cdr } of messages) {
      expect(await received.values.take()).toStrictEqual({ meta: valueOf(car!) ?? new Map(), data: valueOf(cdr!) });
    }
  });

  it('pub_msg_sink, again and again until it has been heard', async () => {
    const order: Order = { block: 'pub_msg_sink', endpoint, bind: true, messages: [described[3]!], repeats: true };
    const received = record(fromSub(await Flowgraph.start(order).bound(), { codec: pmt() }));

    expect(await received.values.take()).toBe('hello');
  });

  it('rep_msg_sink: one for each request', async () => {
    const order: Order = { block: 'rep_msg_sink', endpoint, bind: true, messages: described.slice(0, 10) };
    const options = { codec: pmt.request(), timeoutMs: 20_000 };
    const flowgraph = Flowgraph.start(order);
    const received = record(from(Array(10)).pipe(request(await flowgraph.bound(), options)));

    for (const value of described.slice(0, 10)) expect(await received.values.take()).toStrictEqual(valueOf(value));
    await received.completed;
  });
});

describe.skipIf(!hasGnuRadio)('to the message blocks of GNU Radio', () => {
  const values = described.map((value) => valueOf(value) as PmtInput);

  it('pull_msg_source: every kind of PMT, with GNU Radio’s own bytes', async () => {
    const statuses = new Statuses();
    record(from(values).pipe(toPush(endpoint, { codec: pmt(), status: statuses })));
    const order: Order = { block: 'pull_msg_source', endpoint: await statuses.bound(), bind: false };
    const flowgraph = Flowgraph.start(order);

    for (const [i, value] of described.entries()) {
      const message = await flowgraph.next('message');
      expect(message.pmt).toEqual(value);
      expect(message.bytes).toBe(Buffer.from(encodePmt(values[i]!)).toString('hex'));
    }
    expect(flowgraph.complaints).toBe('');
  });

  it('sub_msg_source: a command, and a PDU', async () => {
    const statuses = new Statuses();
    const data = Uint8Array.of(1, 2, 3);
    const messages: PmtInput[] = [{ freq: 433.92e6, gain: 30n }, pmt.pair('freq', 1e8), pmt.pair(null, data)];
    record(from(messages).pipe(toPub(endpoint, { codec: pmt(), status: statuses, waitForSubscribers: 1 })));
    const order: Order = { block: 'sub_msg_source', endpoint: await statuses.bound(), bind: false };
    const flowgraph = Flowgraph.start(order);

    for (const message of messages) {
      expect((await flowgraph.next('message')).bytes).toBe(Buffer.from(encodePmt(message)).toString('hex'));
    }
  });

  it('pull_msg_source that binds', async () => {
    const flowgraph = Flowgraph.start({ block: 'pull_msg_source', endpoint, bind: true });
    const sent = record(
      of({ meta: { a: 1n }, data: Uint8Array.of(1) }).pipe(
        toPush(await flowgraph.bound(), { bind: false, codec: pdu() }),
      ),
    );
    await sent.completed;

    expect((await flowgraph.next('message')).pmt).toEqual({
      type: 'pair',
      car: {
        type: 'dict',
        entries: [
          [
            { type: 'symbol', value: 'a' },
            { type: 'long', value: '1' },
          ],
        ],
      },
      cdr: { type: 'u8vector', values: [1] },
    });
  });

  it('req_msg_source: its requests are answered when there is something', async () => {
    const statuses = new Statuses();
    const answers = new Subject<PmtInput>();
    const served = record(reply(endpoint, () => answers, { codec: pmt.reply(), status: statuses }));
    const order: Order = { block: 'req_msg_source', endpoint: await statuses.bound(), bind: false };
    const flowgraph = Flowgraph.start(order);
    for (const value of ['one', 2, 3n] as const) {
      await asked();
      answers.next(value);
      expect(valueOf((await flowgraph.next('message')).pmt)).toBe(value);
      expect(await served.values.take()).toEqual({ request: 1, reply: value });
    }

    async function asked(): Promise<void> {
      while (!answers.observed) await new Promise((resolve) => setImmediate(resolve));
    }
  });
});
