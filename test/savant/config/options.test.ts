import { describe, expect, it } from 'vitest';
import { fromReaderRules, openReaderRules } from '../../../src/savant/config/ReaderOptions.js';
import { readerSettings } from '../../../src/savant/config/readerSettings.js';
import { openWriterRules, toWriterRules } from '../../../src/savant/config/WriterOptions.js';
import { writerSettings } from '../../../src/savant/config/writerSettings.js';

const reader = (url: string, options: object = {}) => readerSettings('fromReader', url, options, fromReaderRules);
const writer = (url: string, options: object = {}) => writerSettings('toWriter', url, options, toWriterRules);

it("a reader's defaults", () => {
  const settings = reader('tcp://127.0.0.1:5555');
  expect(settings).toMatchObject({
    type: 'router',
    protocolVersions: ['0.2.0', '1.15.1'],
    receiveTimeoutMs: 1000,
    prefix: { bytes: new Uint8Array(0), isWhole: false },
    routingCacheSize: 512,
    sourceBlacklistSize: 1024,
    sourceBlacklistTtlMs: 10_000,
  });
  expect(settings.socket).toMatchObject({ bind: true, endpoint: 'tcp://127.0.0.1:5555', permissions: undefined });
  expect(settings.socket.raw).toMatchObject({ type: 'router', receiveHighWaterMark: 50, driver: { name: 'engine' } });
});

it("a writer's defaults", () => {
  const settings = writer('req+connect:tcp://127.0.0.1:5555');
  expect(settings).toMatchObject({
    type: 'req',
    protocolVersion: '1.15.1',
    sendTimeoutMs: 5000,
    sendRetries: 3,
    receiveTimeoutMs: 5000,
    receiveRetries: 3,
  });
  expect(settings.socket.raw).toMatchObject({ type: 'dealer', sendHighWaterMark: 50, receiveHighWaterMark: 50 });
});

it("'any' version is no version", () => {
  expect(reader('tcp://h:1', { protocolVersion: 'any' }).protocolVersions).toBeUndefined();
  expect(writer('tcp://h:1', { protocolVersion: 'any' }).protocolVersion).toBeUndefined();
});

describe('permissions of a file', () => {
  it('are 0o777 unless told otherwise', () => {
    expect(reader('ipc:///tmp/x').socket.permissions).toBe(0o777);
    expect(reader('ipc:///tmp/x', { fixIpcPermissions: 0o600 }).socket.permissions).toBe(0o600);
    expect(writer('ipc:///tmp/x', { fixIpcPermissions: false }).socket.permissions).toBeUndefined();
    expect(reader('ipc://@name').socket.permissions).toBeUndefined();
  });

  it.each([0o777, false])('are only for a side that binds: %j', (fixIpcPermissions) => {
    const text = "option 'fixIpcPermissions' is for a URL that binds";
    expect(() => reader('sub+connect:ipc:///tmp/x', { fixIpcPermissions })).toThrow(text);
    expect(() => writer('pub+connect:ipc:///tmp/x', { fixIpcPermissions })).toThrow(text);
  });
});

describe('what is no value', () => {
  it.each([
    ['receiveTimeoutMs', 0],
    ['receiveTimeoutMs', 1.5],
    ['receiveTimeoutMs', 2 ** 31],
    ['receiveHighWaterMark', 0],
    ['receiveHighWaterMark', '50'],
    ['topicPrefixSpec', 'all'],
    ['routingCacheSize', 0],
    ['fixIpcPermissions', true],
    ['fixIpcPermissions', 0o10000],
    ['sourceBlacklistSize', 0],
    ['sourceBlacklistTtlMs', 0],
    ['protocolVersion', ''],
    ['protocolVersion', 1],
    ['protocolVersion', []],
    ['protocolVersion', ['1.15.1', 2]],
    ['emitTimeouts', 1],
    ['onInvalid', 'ignore'],
  ])('to a reader: %s %j', (option, value) =>
    expect(() => reader('tcp://h:1', { [option]: value })).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', option, value }),
    ),
  );

  it.each([
    ['sendTimeoutMs', 0],
    ['sendRetries', -1],
    ['receiveTimeoutMs', 0],
    ['receiveRetries', -1],
    ['sendHighWaterMark', 0],
    ['receiveHighWaterMark', 0],
    ['zeroCopy', 1],
    ['maxBuffered', -1],
  ])('to a writer: %s %j', (option, value) =>
    expect(() => writer('tcp://h:1', { [option]: value })).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', option, value }),
    ),
  );

  it('options of other functions', () => {
    expect(() => reader('tcp://h:1', { bind: true })).toThrow("unknown option 'bind'");
    expect(() => reader('tcp://h:1', { sendHighWaterMark: 1 })).toThrow("unknown option 'sendHighWaterMark'");
    expect(() => writer('tcp://h:1', { sendTimeout: 1 })).toThrow("did you mean 'sendTimeoutMs'?");
    expect(() => reader('tcp://h:1', { resultsQueueSize: 1 })).toThrow("unknown option 'resultsQueueSize'");
    expect(() => readerSettings('openReader', 'tcp://h:1', { demand: 1 } as object, openReaderRules)).toThrow(
      "unknown option 'demand'",
    );
    expect(() => writerSettings('openWriter', 'tcp://h:1', { maxBuffered: 1 } as object, openWriterRules)).toThrow(
      "unknown option 'maxBuffered'",
    );
  });
});
