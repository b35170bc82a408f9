import { expect, it } from 'vitest';
import * as savant from '../../src/savant/index.js';

it('gives these names, and no others', () => {
  expect(Object.keys(savant).sort()).toEqual([
    'MessageError',
    'PROTOCOL_VERSION',
    'attribute',
    'decodeMessage',
    'encodeMessage',
    'endOfStream',
    'fromReader',
    'message',
    'openReader',
    'openWriter',
    'optionsFromMap',
    'shutdown',
    'toWriter',
    'unknown',
    'userData',
    'videoFrame',
    'videoFrameBatch',
    'videoFrameUpdate',
    'videoObject',
  ]);
});
