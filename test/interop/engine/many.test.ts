import { afterAll, expect, it } from 'vitest';
import { Agent } from './support/Agent.js';
import { openEar, startAgent } from './support/agents.js';

afterAll(() => expect(Agent.running()).toEqual([]));

const COUNT = 1000;
const ROUNDS = 5;

it(`${COUNT} pyzmq DEALERs and one ROUTER of ours: everybody gets what is meant for it`, async () => {
  const ear = openEar('router', {}, (parts) => ear.end.socket.write([...parts]));
  const endpoint = await ear.end.bind('tcp://127.0.0.1:*');
  const agent = await startAgent();
  agent.tell({ do: 'many', type: 'DEALER', count: COUNT, endpoint, rounds: ROUNDS });
  expect((await agent.next('done')).wrong).toEqual([]);
  expect(ear.log.of('connected')).toHaveLength(COUNT);
  await agent.kill();
  await ear.log.nth('disconnected', COUNT);
});

it(`${COUNT} pyzmq SUBs and one PUB of ours: everybody gets everything, and their end stops nothing`, async () => {
  const ear = openEar('pub');
  const endpoint = await ear.end.bind('tcp://127.0.0.1:*');
  const agent = await startAgent();
  agent.tell({ do: 'many', type: 'SUB', count: COUNT, endpoint, rounds: ROUNDS });
  await ear.log.until(() => ear.log.of('subscribed').at(-1)?.count === COUNT, 'all of them');
  for (let number = 0; number < ROUNDS; number += 1) await ear.send(String(number));
  expect((await agent.next('done')).wrong).toEqual([]);
  await agent.kill();
  await ear.log.nth('disconnected', COUNT);
  expect(ear.log.of('dropped')).toEqual([]);
});
