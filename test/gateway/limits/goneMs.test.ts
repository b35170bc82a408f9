import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { serve } from '../../../src/gateway/serve.js';

it.each([
  [{ pingMs: 60_000 }, 60_000, 45_000],
  [{ goneMs: 20_000 }, 20_000, 20_000],
  [{ pingMs: 500, goneMs: 400 }, 500, 400],
])('with the limits %j each silent client would be closed before its first ping', (limits, pingMs, goneMs) => {
  const server = createServer();
  const text = `serve: option 'limits.goneMs' must be more than 'limits.pingMs' (${pingMs}), got ${goneMs}`;
  expect(() => serve(server, { limits })).toThrow(new OptionError('limits.goneMs', goneMs, text));
  expect(server.listenerCount('upgrade')).toBe(0);
});
