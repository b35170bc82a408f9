import { firstValueFrom, take, toArray } from 'rxjs';
import { fromSub, lines } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDemo, type Run } from './run.js';

function start(args: readonly string[]): Run {
  const run = startDemo(args);
  onTestFinished(() => void run.child.kill('SIGKILL'));
  return run;
}

describe('npm run demo -- --web', { timeout: 90_000 }, () => {
  it('serves a page, and the signal of its second process as frames and as lines', async () => {
    const run = start(['--web', '--seconds', '80']);
    const [, url = ''] = await run.says(/open (http:\/\/localhost:\d+\/)/);
    const page = await fetch(url);
    expect(await page.text()).toContain('<rx-scope src="/iq"');
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
    for (const name of ['page.js', 'scopeWorker.js']) {
      const script = await (await fetch(url + name)).text();
      expect(script.length).toBeGreaterThan(10_000);
      expect(/(^|;)\s*import\s*[{*"']/m.test(script)).toBe(false); // all in one
    }
    expect((await fetch(`${url}other`)).status).toBe(404);

    const host = url.replace('http', 'ws');
    const frames = await firstValueFrom(fromSub(`${host}iq`).pipe(take(3), toArray()));
    expect(frames.map(({ sampleRate, numSamples }) => [sampleRate, numSamples])).toEqual(
      Array(3).fill([2.048e6, 8192]),
    );
    const [line] = await firstValueFrom(fromSub(`${host}lines`, { codec: lines }).pipe(take(1), toArray()));
    expect(line).toMatchObject({ bins: 4096, sampleRate: 2.048e6, centerFreq: 433.92e6 });
    run.child.kill('SIGINT');
    expect(await run.ended, run.output()).toEqual({ code: 0, signal: null });
  });

  it('shows a signal that is there already, and says how the connection is', async () => {
    const sender = start(['--bind', '--type', 'ci16']);
    const [, endpoint = ''] = await sender.says(/(tcp:\/\/127\.0\.0\.1:\d+)/);
    const run = start(['--web', '--connect', endpoint]);
    const [, url = ''] = await run.says(/open (http:\/\/localhost:\d+\/)/);
    await run.says(/connected to tcp/);
    const frame = await firstValueFrom(fromSub(`${url.replace('http', 'ws')}iq`));
    expect(frame.sampleType).toBe('ci16');
    sender.child.kill('SIGTERM');
    await run.says(/is gone, waiting for it/);
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(0);
  });

  it('says when it cannot have the port', async () => {
    const first = start(['--web', '--seconds', '80']);
    const [, port = ''] = await first.says(/open http:\/\/localhost:(\d+)\//);
    const second = start(['--web', '--port', port]);
    expect((await second.ended).code).toBe(1);
    expect(second.output()).toContain(port);
  });
});
