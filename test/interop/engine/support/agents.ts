import { onTestFinished } from 'vitest';
import { Agent } from './Agent.js';
import { Ear } from './Ear.js';

/** An agent that ends with the test. */
export async function startAgent(): Promise<Agent> {
  const agent = new Agent();
  onTestFinished(() => agent.kill());
  await agent.next('ready');
  return agent;
}

/** A socket of the engine that closes with the test. */
export function openEar(...of: ConstructorParameters<typeof Ear>): Ear {
  const ear = new Ear(...of);
  onTestFinished(() => ear.end.close());
  return ear;
}
