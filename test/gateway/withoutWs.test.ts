import { createServer } from 'node:http';
import { expect, it, vi } from 'vitest';

vi.mock('ws', () => {
  throw new Error("Cannot find package 'ws'");
});

it('says what to install where the package ws is missing', async () => {
  const { serve } = await import('../../src/gateway/serve.js');
  const { fromPull } = await import('../../src/sources/fromPull.js');
  const web = serve(createServer());
  const failure = await new Promise<Error>((resolve) => {
    fromPull(web.at('/up'), { bind: true }).subscribe({ error: resolve });
  });
  expect(failure.message).toMatch(
    /^fromPull: bind failed on gateway:\/\/\d+\/up: a gateway needs the package 'ws' \(npm install ws\)/,
  );
  expect(failure.cause).toMatchObject({ code: 'ERR_NATIVE_LOAD' });
  await web.close();
});
