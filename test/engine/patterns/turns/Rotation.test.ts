import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rotation } from '../../../../src/engine/patterns/turns/Rotation.js';

const round = (rotation: Rotation<string>, count: number): string =>
  Array.from({ length: count }, () => {
    const current = rotation.current!;
    rotation.advance(current);
    return current;
  }).join('');

function rotationOf(members: string): Rotation<string> {
  const rotation = new Rotation<string>();
  for (const member of members) rotation.add(member);
  return rotation;
}

describe('Rotation', () => {
  it('gives turns in the order of coming', () => {
    expect(round(rotationOf('abc'), 7)).toBe('abcabca');
    expect(new Rotation().current).toBeUndefined();
  });

  it('ends a turn only for whoever has it', () => {
    const rotation = rotationOf('ab');
    rotation.advance('b');
    rotation.advance('nobody');
    expect(rotation.current).toBe('a');
  });

  it('passes over who is parked, keeps it as a member, and has it come back last', () => {
    const rotation = rotationOf('abc');
    rotation.park('a');
    rotation.park('nobody');
    expect(round(rotation, 4)).toBe('cbcb');
    expect([...rotation.members].join('')).toBe('abc');
    rotation.add('a');
    expect(round(rotation, 3)).toBe('cba');
  });

  it('forgets who was dismissed with its parking, at once if it is parked', () => {
    const rotation = rotationOf('abc');
    rotation.park('a');
    rotation.dismiss('a');
    rotation.dismiss('b');
    rotation.dismiss('nobody');
    expect([...rotation.members].join('')).toBe('bc');
    rotation.add('b'); // changes nothing
    expect(round(rotation, 2)).toBe('cb');
    rotation.park('b');
    expect([...rotation.members].join('')).toBe('c');
  });

  it('gives each member one turn in a round, whoever leaves in the course of it', () => {
    const members = 'abcdefgh';
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(''), fc.constantFrom(...Array.from(members))), { maxLength: 30 }),
        (steps) => {
          const rotation = rotationOf(members);
          const left = new Set(members);
          let served = new Set<string>();
          for (const leaver of steps) {
            if (leaver !== '') {
              left.delete(leaver);
              rotation.remove(leaver);
              continue;
            }
            const { current } = rotation;
            if (current === undefined) {
              expect(left.size).toBe(0);
              return;
            }
            if ([...left].every((member) => served.has(member))) served = new Set();
            expect(left).toContain(current);
            expect(served).not.toContain(current);
            served.add(current);
            rotation.advance(current);
          }
          expect([...rotation.members].sort()).toEqual([...left].sort());
        },
      ),
    );
  });
});
