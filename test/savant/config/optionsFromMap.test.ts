import 'rxzmq'; // which knows how to spell
import { expect, it } from 'vitest';
import { optionsFromMap } from '../../../src/savant/config/optionsFromMap.js';

const reader = {
  url: 'sub+bind:tcp://0.0.0.0:5555',
  receive_timeout: '1000',
  receive_hwm: '1000',
  topic_prefix_spec: 'source{source}',
  routing_ids_cache_size: '1000',
  fix_ipc_permissions: '0753',
  source_blacklist_size: '1000',
  source_blacklist_ttl: '1000',
};
const writer = {
  url: 'pub+bind:tcp://0.0.0.0:5555',
  send_timeout: '1000',
  send_retries: '3',
  receive_timeout: '1000',
  receive_retries: '3',
  send_hwm: '1000',
  receive_hwm: '1000',
  fix_ipc_permissions: '0753',
};

it('reads all that a reader has; the time on the blacklist is in seconds there', () => {
  expect(optionsFromMap('reader', reader)).toEqual({
    url: 'sub+bind:tcp://0.0.0.0:5555',
    options: {
      receiveTimeoutMs: 1000,
      receiveHighWaterMark: 1000,
      topicPrefixSpec: 'source{source}',
      routingCacheSize: 1000,
      fixIpcPermissions: 0o753,
      sourceBlacklistSize: 1000,
      sourceBlacklistTtlMs: 1_000_000,
    },
  });
});

it('reads all that a writer has', () => {
  expect(optionsFromMap('writer', writer)).toEqual({
    url: 'pub+bind:tcp://0.0.0.0:5555',
    options: {
      sendTimeoutMs: 1000,
      sendRetries: 3,
      receiveTimeoutMs: 1000,
      receiveRetries: 3,
      sendHighWaterMark: 1000,
      receiveHighWaterMark: 1000,
      fixIpcPermissions: 0o753,
    },
  });
});

it('takes a part of it beside what is given', () => {
  const given = { url: 'tcp://h:1', protocolVersion: 'any' };
  expect(optionsFromMap('writer', { send_hwm: '7' }, given)).toEqual({
    url: 'tcp://h:1',
    options: { protocolVersion: 'any', sendHighWaterMark: 7 },
  });
});

it('knows no number twice', () => {
  const twice = (map: Record<string, string>, given: object) => () => optionsFromMap('reader', map, given);
  expect(twice({ url: 'tcp://h:1' }, { url: 'tcp://h:1' })).toThrow("'url' is in the map, but url is set already");
  expect(twice({ url: 'tcp://h:1', receive_hwm: '5' }, { receiveHighWaterMark: 5 })).toThrow(
    "'receive_hwm' is in the map, but receiveHighWaterMark is set already",
  );
});

it.each([
  [{}, "there is no URL; the map has no 'url'"],
  [{ url: 'tcp://h:1', recieve_timeout: '1' }, "unknown name 'recieve_timeout'; did you mean 'receive_timeout'?"],
  [{ url: 'tcp://h:1', receive_timeout: 'soon' }, "'receive_timeout' must be a whole number, got 'soon'"],
  [{ url: 'tcp://h:1', receive_timeout: '' }, "'receive_timeout' must be a whole number, got ''"],
  [{ url: 'tcp://h:1', receive_timeout: 5 }, "'receive_timeout' must be a whole number, got 5, which is not a text"],
  [{ url: 'tcp://h:1', fix_ipc_permissions: '0o777' }, "must be permissions as octal digits, '777', got '0o777'"],
  [{ url: 'tcp://h:1', fix_ipc_permissions: 0o777 }, 'got 511, which is not a text'],
  [{ url: 'tcp://h:1', topic_prefix_spec: 'all' }, "must be 'none', 'source{...}' or 'prefix{...}', got 'all'"],
  [{ url: 'tcp://h:1', send_retries: '1' }, "unknown name 'send_retries'"],
  [null, 'the map must be an object of texts'],
])('refuses %j', (map, message) => expect(() => optionsFromMap('reader', map as any)).toThrow(message));

it('refuses a side that there is not', () =>
  expect(() => optionsFromMap('readr' as any, {})).toThrow("did you mean 'reader'?"));
