import { expect, it } from 'vitest';
import { findPythonPeers } from '../../bench/runner/pythonPeers.js';
import { findMachine } from '../../bench/runner/machine.js';

it('knows the machine and the versions of what is always there, and nothing of programs in C where there are none', () => {
  const machine = findMachine({ c: undefined, python: findPythonPeers('no-such-python') });

  expect(machine['Node']).toBe(process.versions.node);
  expect(machine['processor']).toMatch(/^\d+ x ./);
  for (const name of ['rxzmq', 'rxjs', 'zeromq.js', 'libzmq of zeromq.js'])
    expect(machine[name]).toMatch(/^\d+\.\d+\.\d+/);
  expect(Object.keys(machine).filter((name) => /\bC\b/.test(name))).toEqual([]);
  expect(Object.values(machine)).not.toContain('');
});
