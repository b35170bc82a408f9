import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { type Gap, gaps, markGaps, OptionError } from 'rxzmq';
import { expect, it } from 'vitest';
import { behavesAsOperator, counted } from '../helpers/signals.js';

behavesAsOperator(markGaps());

it('marks the frames of which gaps tells, as copies over the same samples; all others pass as they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ sequence: fc.nat(20), streamId: fc.nat(2) }), { minLength: 1 }),
      async (numbers) => {
        const frames = numbers.map((fields, i) => counted([i], fields));
        const told: Gap[] = [];
        const plain = gaps<(typeof frames)[number]>({ onGap: (gap) => told.push(gap) });
        await lastValueFrom(from(frames).pipe(plain));
        const marked = await lastValueFrom(from(frames).pipe(markGaps(), toArray()));

        expect(marked.flatMap(({ gap }) => gap ?? [])).toEqual(told);
        for (const [i, given] of marked.entries()) {
          const { gap, ...rest } = given;
          if (gap === undefined) expect(given).toBe(frames[i]);
          else expect(rest).toEqual(frames[i]);
          expect(given.samples).toBe(frames[i]!.samples);
        }
      },
    ),
  );
});

it('refuses wrong options at the call', () => {
  expect(() => markGaps({ maxStreams: 1.5 })).toThrow(OptionError);
  expect(() => markGaps({ onGap: () => undefined } as never)).toThrow(/unknown option 'onGap'/);
});
