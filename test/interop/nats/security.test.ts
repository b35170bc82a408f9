import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createUser } from '@nats-io/nkeys';
import { NEVER, type Observable } from 'rxjs';
import { fromSub, reply, request, toPub } from 'rxzmq';
import type { NatsOptions } from 'rxzmq/nats';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Statuses } from '../harness/record.js';
import { account } from './credentials.js';
import { certificate } from './certificates.js';
import { NatsServer } from './NatsServer.js';
import { isHere, servers } from './place.mjs';
import { all, frames } from './streams.js';

/** Asks once, with the same options at both ends, and gives all that was told. */
async function ask(server: NatsServer, nats: NatsOptions | undefined, credentials = ''): Promise<unknown[]> {
  const endpoint = server.at('ask', credentials);
  const statuses = new Statuses();
  const serving = reply(endpoint, (asked) => asked, { nats, status: statuses }).subscribe();
  onTestFinished(() => serving.unsubscribe());
  await statuses.take('connected');
  await server.subscribed('ask');
  const asking = frames(1).pipe(request(endpoint, { nats, status: statuses }));
  expect(await all(asking)).toHaveLength(1);
  return [...statuses.told, asking, serving];
}

/** The status of a source that is not let in. */
async function refused(source: (status: Statuses) => Observable<unknown>): Promise<unknown> {
  const statuses = new Statuses();
  const subscription = source(statuses).subscribe();
  onTestFinished(() => subscription.unsubscribe());
  const status = await statuses.take('handshakeFailed');
  expect(status.error).toMatchObject({ code: 'ERR_SECURITY' });
  return [status, statuses.told, subscription];
}

const shown = (value: unknown): string => inspect(value, { depth: 9, showHidden: true });

describe.runIf(isHere).each(servers)('who is let in, over $name nats-server', ({ path }) => {
  it('an nkey', async () => {
    const user = createUser();
    const nkey = new TextDecoder().decode(user.getSeed());
    const config = `authorization { users: [{ nkey: "${user.getPublicKey()}" }] }`;
    const server = await NatsServer.start({ path, config });
    expect(shown(await ask(server, { nkey }))).not.toContain(nkey);

    const other = new TextDecoder().decode(createUser().getSeed());
    const told = await refused((status) => fromSub(server.at('x'), { nats: { nkey: other }, status }));
    expect(shown(told)).not.toContain(other);
  });

  it('a credentials file, by its path and by what it says', async () => {
    const { config, credentials, seed } = account();
    const server = await NatsServer.start({ path, config, plain: true });
    const directory = mkdtempSync(join(tmpdir(), 'rxzmq-creds-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'user.creds');
    writeFileSync(file, credentials);
    expect(shown(await ask(server, { credentials: file }))).not.toContain(seed);
  });

  it('what a credentials file says', async () => {
    const { config, credentials, seed } = account();
    const server = await NatsServer.start({ path, config, plain: true });
    expect(shown(await ask(server, { credentials }))).not.toContain(seed);
    const told = await refused((status) =>
      fromSub(server.at('x'), { nats: { credentials: account().credentials }, status }),
    );
    expect(shown(told)).not.toMatch(/SU[A-Z0-9]{50}/);
  });

  it('says which file cannot be read, without what it says', async () => {
    const server = await NatsServer.start({ path, plain: true });
    const nats = { credentials: '/nowhere/secret.creds' };
    const error: unknown = await all(frames(1).pipe(toPub(server.at('x'), { nats }))).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'ERR_OPTION', option: 'nats.credentials' });
    expect((error as Error).message).toMatch(/option 'nats.credentials' cannot be read \(ENOENT\)/);
    expect(shown(error)).not.toContain('secret.creds');
  });

  it('user and password, of which nothing is shown', async () => {
    const config = 'authorization { users: [{ user: "radio", password: "opensesame" }] }';
    const server = await NatsServer.start({ path, config });
    expect(shown(await ask(server, undefined, 'radio:opensesame@'))).not.toContain('opensesame');
  });

  it('goes over TLS, with the certificate of the server checked', async () => {
    const { cert, key } = certificate();
    const server = await NatsServer.start({ path, config: `tls { cert_file: "${cert}", key_file: "${key}" }` });
    await ask(server, { tls: { caFile: cert } });

    const statuses = new Statuses();
    const unknown = fromSub(server.at('x'), { nats: { tls: true }, status: statuses }).subscribe();
    onTestFinished(() => unknown.unsubscribe());
    await statuses.take('retrying');
    expect(statuses.told.filter(({ kind }) => kind === 'connected')).toEqual([]);
  });

  it('with a certificate of its own, where the server asks for one', async () => {
    const { cert, key } = certificate();
    const config = `tls { cert_file: "${cert}", key_file: "${key}", ca_file: "${cert}", verify: true }`;
    const server = await NatsServer.start({ path, config });
    await ask(server, { tls: { caFile: cert, certFile: cert, keyFile: key } });
  });

  it('waits for no server without TLS, if TLS is required: it is not sent in the clear', async () => {
    const server = await NatsServer.start({ path });
    const statuses = new Statuses();
    const sending = NEVER.pipe(toPub(server.at('x'), { nats: { tls: true }, status: statuses })).subscribe({
      error: () => undefined,
    });
    onTestFinished(() => sending.unsubscribe());
    await statuses.take('connecting');
    await Promise.race([statuses.take('retrying'), statuses.take('closed')]);
    expect(statuses.told.filter(({ kind }) => kind === 'connected')).toEqual([]);
  });
});
