import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { Inbox } from '../harness/Inbox.js';
import { Agent } from './support/Agent.js';
import { openEar, startAgent } from './support/agents.js';
import { freeEndpoint } from './support/endpoints.js';

afterAll(() => expect(Agent.running()).toEqual([]));

const heartbeat = { intervalMs: 50, timeoutMs: 300, ttlMs: 0 };

it.each(['tcp', 'ipc'] as const)(
  'a frozen pyzmq peer on %s is found out, and comes back when it thaws',
  async (transport) => {
    const ear = openEar('pull', { heartbeat });
    const endpoint = await ear.end.bind(freeEndpoint(transport));
    const agent = await startAgent();
    agent.tell({ do: 'open', name: 'it', type: 'PUSH' }, { do: 'connect', name: 'it', endpoint });
    agent.tell({ do: 'send', name: 'it', messages: [['before']] });
    expect(await ear.heard.take()).toEqual(['before']);
    agent.freeze();
    expect((await ear.log.first('disconnected')).reason).toMatch(/nothing came .* 300 ms .*heartbeat/);
    agent.thaw();
    await ear.log.nth('connected', 2);
    agent.tell({ do: 'send', name: 'it', messages: [['after']] });
    expect(await ear.heard.take()).toEqual(['after']);
  },
);

it('a frozen pyzmq peer that has asked to be given up soon is, without heartbeats of ours', async () => {
  const ear = openEar('pull');
  const { endpoint, pinged } = await tap(await ear.end.bind('tcp://127.0.0.1:*'));
  const agent = await startAgent();
  const options = { heartbeat_ivl: 50, heartbeat_timeout: 60_000, heartbeat_ttl: 300 };
  agent.tell({ do: 'open', name: 'it', type: 'PUSH', options }, { do: 'connect', name: 'it', endpoint });
  agent.tell({ do: 'send', name: 'it', messages: [['before']] });
  expect(await ear.heard.take()).toEqual(['before']);
  await pinged; // that says after how long
  agent.freeze();
  expect((await ear.log.first('disconnected')).reason).toMatch(/nothing came .* 300 ms/);
});

/** A line to that endpoint, which knows when a heartbeat has gone along it. */
async function tap(target: string): Promise<{ readonly endpoint: string; readonly pinged: Promise<void> }> {
  let seen!: () => void;
  const pinged = new Promise<void>((resolve) => (seen = resolve));
  const server = createServer((near) => {
    const far = connect(Number(target.slice(target.lastIndexOf(':') + 1)), '127.0.0.1');
    near.on('data', (bytes) => bytes.includes('\x04PING') && seen());
    pipeline(near, far, near, () => undefined);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return { endpoint: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, pinged };
}

it('peers that have nothing to say but heartbeats stay, whoever sends them', async () => {
  const ear = openEar('pull', { heartbeat: { intervalMs: 50, timeoutMs: 1000, ttlMs: 1000 } });
  const endpoint = await ear.end.bind('tcp://127.0.0.1:*');
  const agent = await startAgent();
  const options = { heartbeat_ivl: 50, heartbeat_timeout: 1000, heartbeat_ttl: 1000 };
  agent.tell({ do: 'open', name: 'both', type: 'PUSH', options }, { do: 'open', name: 'we', type: 'PUSH' });
  agent.tell({ do: 'connect', name: 'both', endpoint }, { do: 'connect', name: 'we', endpoint });
  await ear.log.nth('connected', 2);
  await new Promise((resolve) => setTimeout(resolve, 1500)); // longer than each timeout
  expect(ear.log.of('disconnected')).toEqual([]);
  agent.tell({ do: 'send', name: 'both', messages: [['still']] }, { do: 'send', name: 'we', messages: [['there']] });
  expect([await ear.heard.take(), await ear.heard.take()].flat().sort()).toEqual(['still', 'there']);
});

it('a frozen process with a PULL of ours is found out by a pyzmq PUSH, and goes on when it thaws', async () => {
  const { lines, freeze, thaw } = startPuller();
  const endpoint = await lines.take();
  const agent = await startAgent();
  const options = { heartbeat_ivl: 50, heartbeat_timeout: 300, reconnect_ivl: 20 };
  agent.tell({ do: 'open', name: 'it', type: 'PUSH', options }, { do: 'monitor', name: 'it' });
  agent.tell({ do: 'connect', name: 'it', endpoint });
  await agent.happens('HANDSHAKE_SUCCEEDED');
  agent.tell({ do: 'send', name: 'it', messages: [['before']] });
  expect(await lines.take()).toBe('1');
  freeze();
  await agent.happens('DISCONNECTED');
  thaw();
  await agent.happens('HANDSHAKE_SUCCEEDED');
  agent.tell({ do: 'send', name: 'it', messages: [['after']] });
  expect(await lines.take()).toBe('2');
});

function startPuller() {
  const program = fileURLToPath(new URL('./programs/puller.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  const lines = new Inbox<string>();
  createInterface(child.stdout).on('line', (line) => lines.put(line));
  child.once('close', () => lines.end(new Error('the program has ended')));
  return { lines, freeze: () => child.kill('SIGSTOP'), thaw: () => child.kill('SIGCONT') };
}
