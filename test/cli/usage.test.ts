import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idle, temporaryFolder } from './support/peers.js';
import { rxzmq } from './support/program.js';

const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [['lisen', 'tcp://a:1'], /unknown command 'lisen'\s+\(Did you mean listen\?\)/],
  [['listen', 'tcp://a:1', '--cout', '3'], /unknown option '--cout'\s+\(Did you mean --count\?\)/],
  [['listen'], /missing required argument 'source'/],
  [['listen', 'a', 'b'], /too many arguments/],
  [['listen', 'radio:5555'], /'radio:5555' has no transport; write it like 'tcp:\/\/radio:5555'/],
  [['listen', 'tpc://radio:5555', '--sub'], /unknown transport 'tpc'; did you mean 'tcp'\?/],
  [['listen', 'tcp://radio:99999', '--sub'], /99999/],
  [['listen', 'inproc://here'], /inproc:\/\/here ends where this process does/],
  [['listen', 'tcp://a:1', '--sub', '--pull'], /'--sub'.*'--pull'|'--pull'.*'--sub'/],
  [['listen', 'tcp://a:1', '--codec', 'jsn'], /'jsn' is invalid.*sigs, gnuradio/],
  [['listen', 'tcp://a:1', '--sub', '--codec', 'json', '--type', 'ci16'], /--type is for --codec gnuradio/],
  [['listen', 'tcp://a:1', '--pull', '--stream', '3'], /--stream needs frames from a PUB/],
  [['listen', 'tcp://a:1', '--loop'], /--loop is for files/],
  [['listen', 'evening', '--codec', 'json'], /--codec is for endpoints/],
  [['listen', '-'], /the standard input does not say its format: --format cf32/],
  [['listen', 'tcp://a:1', '--seconds', '0'], /--seconds must be a number above 0.*'0'/],
  [['listen', 'tcp://a:1', '--count', '-1'], /--count.*'-1'|--count/],
  [['listen', 'tcp://a:1', '--rate', 'fast'], /--rate must be a number of Hz.*'fast'/],
  [['scope', 'tcp://a:1', '--bins', '1000'], /--bins must be a power of two.*1000/],
  [['scope', 'tcp://a:1', '--reference', 'high'], /--reference.*'high'/],
  [['scope', 'tcp://a:1', '--sub', '--codec', 'text'], /the scope draws frames/],
  [['record', 'tcp://a:1', 'x', '--seconds', '1', '--samples', '1'], /--seconds and --samples exclude each other/],
  [['record', 'tcp://a:1', 'tcp://b:1'], /NAME is a file, not an endpoint/],
  [['replay', 'tcp://a:1', 'tcp://b:1'], /FILE is an endpoint/],
  [['replay', 'x', 'tcp://*:1', '--fast', '--speed', '2'], /--fast and --speed exclude each other/],
  [['replay', 'x.cf32', 'tcp://*:1', '--from', 'noon'], /--from must be a number of samples, or a time.*'noon'/],
  [['send', 'tcp://*:1', 'x', '--signal', 'tone'], /--signal generates what to send/],
  [['send', 'tcp://*:1', '--signal', 'tune'], /'tune' is invalid.*tone, chirp, noise/],
  [['send', 'tcp://*:1', '--level', '3'], /--level.*'3'/],
  [['send', 'rtl_tcp://a:1'], /is a receiver/],
  [
    ['relay', 'tcp://a:1', 'tcp://*:1', '--sub', '--codec', 'json', '--convert', 'ci8'],
    /--convert, --reblock and --pace are for frames/,
  ],
  [
    ['relay', 'tcp://a:1', 'tcp://*:1', '--sub', '--codec', 'json', '--to-codec', 'sigs'],
    /cannot become --to-codec sigs/,
  ],
  [['gateway', 'tcp://a:1'], /a route is \/PATH=ENDPOINT/],
  [['gateway', '/iq=radio'], /needs an endpoint such as tcp:\/\/radio:5555, not 'radio'/],
  [['gateway', '/iq=tcp://a:1', '--host', '0.0.0.0'], /--host 0\.0\.0\.0 can be reached by others: --token/],
  [['info', 'rtl_tcp://a:1'], /is a receiver/],
  [['completion', 'fish'], /'fish' is invalid.*bash, zsh/],
  [['listen', 'tcp://a:1', '--sub', '--security', 'curve'], /--security curve needs --server-key/],
  [['listen', 'tcp://a:1', '--sub', '--username', 'bob'], /--username needs --security plain/],
  [['listen', 'tcp://a:1', '--sub', '--nkey', 'env:HOME'], /--nkey is for nats/],
];

describe('a wrong command line', { timeout: 60_000 }, () => {
  it.each(wrong)('%j', async (args, says) => {
    const { code, out, err } = await rxzmq(args);
    expect(err).toMatch(says);
    expect(err).toMatch(/^rxzmq: /);
    expect(err).not.toMatch(/^ +at |Error:/m);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
  });

  it.each([
    [['--password', 'hunter2', '--security', 'plain', '--username', 'bob']],
    [['--secret-key', 'hunter2hunter2', '--security', 'curve']],
    [['--token', 'hunter2']],
  ])('never repeats what may be a secret: %j', async (options) => {
    const { code, out, err } = await rxzmq(['listen', 'tcp://a:1', '--sub', ...options]);
    expect(code).toBe(2);
    expect(err).toContain('env:NAME or file:PATH');
    expect(out + err).not.toContain('hunter2');
  });

  it('takes no password in an endpoint, and does not repeat it', async () => {
    const { code, err } = await rxzmq(['listen', 'nats://bob:hunter2@server:4222/iq']);
    expect(code).toBe(2);
    expect(err).toContain('--username and --password');
    expect(err).not.toContain('hunter2');
  });

  it('says which environment variable or file is missing', async () => {
    const options = ['--security', 'plain', '--username', 'bob', '--password'];
    const unset = await rxzmq(['listen', 'tcp://a:1', '--sub', ...options, 'env:RXZMQ_NO_SUCH']);
    expect(unset.err).toContain('the environment variable RXZMQ_NO_SUCH is not set');
    expect(unset.code).toBe(2);
    const missing = await rxzmq(['listen', 'tcp://a:1', '--sub', ...options, 'file:/nowhere/at/all']);
    expect(missing.err).toMatch(/\/nowhere\/at\/all cannot be read \(ENOENT\)/);
    expect(missing.code).toBe(2);
  });

  it('says what the peer is, if it is neither PUB nor PUSH', async () => {
    const { code, err } = await rxzmq(['listen', await idle('rep')]);
    expect(err).toContain('is a REP socket, which is neither a PUB nor a PUSH');
    expect(code).toBe(2);
  });
});

describe('a file that is none', { timeout: 60_000 }, () => {
  it.each([
    [['listen', 'no-such-recording'], /no-such-recording/],
    [['info', 'no-such-recording'], /no-such-recording/],
    [['scope', 'no-such.cf32'], /no-such\.cf32.*does not exist/],
    [['send', 'tcp://127.0.0.1:*', 'no-such.txt', '--codec', 'text'], /no-such\.txt: there is no such file/],
  ])('%j fails in one line', async (args, says) => {
    const { code, err } = await rxzmq(args);
    expect(err).toMatch(says);
    expect(err).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
  });

  it('fails with the name of its own option', async () => {
    const run = await rxzmq(['listen', '-', '--format', 'cf32', '--loop', '2'], { input: '' });
    expect(run.err).toMatch(/^rxzmq: --loop needs a file/m);
    expect(run.code).toBe(2);
  });

  it('fails in one line, if it holds something else', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x.sigmf-meta'), 'not JSON');
    writeFileSync(join(folder, 'x.sigmf-data'), '');
    const { code, err } = await rxzmq(['info', join(folder, 'x')]);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toContain('x.sigmf-meta');
    expect(code).toBe(1);
  });
});
