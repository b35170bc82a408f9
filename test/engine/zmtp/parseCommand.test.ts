import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as commands from '../../../src/engine/zmtp/commands.js';
import { parseCommand } from '../../../src/engine/zmtp/parseCommand.js';
import { latin } from './Side.js';

describe('parseCommand', () => {
  it('reads back what was encoded', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    const group = fc.uint8Array({ maxLength: 255 });
    const context = fc.uint8Array({ maxLength: 16 });
    fc.assert(
      fc.property(bytes, group, context, fc.nat(0xffff), (topic, group, context, tenths) => {
        const ttlMs = tenths * 100;
        expect(parseCommand(commands.encodeSubscribe(topic))).toEqual({ kind: 'subscribe', topic });
        expect(parseCommand(commands.encodeCancel(topic))).toEqual({ kind: 'cancel', topic });
        expect(parseCommand(commands.encodeJoin(group))).toEqual({ kind: 'join', group });
        expect(parseCommand(commands.encodeLeave(group))).toEqual({ kind: 'leave', group });
        expect(parseCommand(commands.encodePing(ttlMs, context))).toEqual({ kind: 'ping', ttlMs, context });
        expect(parseCommand(commands.encodePong(context))).toEqual({ kind: 'pong', context });
        expect(parseCommand(commands.encodeError('400'))).toEqual({ kind: 'error', reason: new Uint8Array(Buffer.from('400')) });
      }),
    );
  });

  it('gives views of the body', () => {
    const body = commands.encodeSubscribe(latin('topic'));
    const command = parseCommand(body);

    expect(command?.kind === 'subscribe' && command.topic.buffer).toBe(body.buffer);
  });

  it.each([
    ['nothing', ''],
    ['an empty name', '\0'],
    ['a name that is cut off', '\x09SUBSCRIB'],
    ['a name in another case', '\x09subscribe'],
    ['a longer name', '\x0aSUBSCRIBED'],
    ['READY', '\x05READY'],
    ['MESSAGE', '\x07MESSAGE'],
    ['PING without its time to live', '\x04PING'],
    ['PING with half of it', '\x04PING\0'],
    ['ERROR without its reason', '\x05ERROR'],
    ['ERROR with half of it', '\x05ERROR\x03no'],
    ['JOIN with a group of 256 bytes', `\x04JOIN${'g'.repeat(256)}`],
    ['LEAVE with a group of 256 bytes', `\x05LEAVE${'g'.repeat(256)}`],
  ])('knows no command in %s', (_what, text) => {
    expect(parseCommand(latin(text))).toBeUndefined();
  });

  it('cuts contexts at 16 bytes', () => {
    const context = latin('0123456789abcdef');

    expect(parseCommand(latin('\x04PING\0\x0a0123456789abcdefXXX'))).toEqual({ kind: 'ping', ttlMs: 1000, context });
    expect(parseCommand(latin('\x04PONG0123456789abcdefXXX'))).toEqual({ kind: 'pong', context });
  });

  it('gives nothing that is not in the body, whatever that is', () => {
    const names = fc.constantFrom('\x04PING', '\x04PONG', '\x05ERROR', '\x04JOIN', '\x09SUBSCRIBE', '');
    fc.assert(
      fc.property(names, fc.uint8Array({ maxLength: 40 }), (name, rest) => {
        const memory = new Uint8Array([...latin(name), ...rest, ...latin('SECRET SECRET')]);
        const body = memory.subarray(0, name.length + rest.length);
        for (const value of Object.values(parseCommand(body) ?? {})) {
          if (value instanceof Uint8Array) expect(value.byteOffset + value.length).toBeLessThanOrEqual(body.length);
        }
      }),
    );
  });
});
