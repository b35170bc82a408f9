// #region main
import { filter, map, range } from 'rxjs';
import { frame, gaps } from 'rxzmq';

// What a radio sends, numbered by its socket; two frames get lost on the way.
const received = range(0, 6).pipe(
  map((sequence) => ({ ...frame(new Int16Array(512), { streamId: 1 }), sequence })),
  filter(({ sequence }) => sequence !== 2 && sequence !== 3),
);

let lost = 0;

received
  .pipe(
    gaps({
      onGap: ({ kind, missing, streamId, sequence }) => {
        lost += missing;
        console.log(`stream ${streamId}: ${kind} ${missing} before frame ${sequence}`);
      },
    }),
  )
  .subscribe({
    next: ({ sequence }) => console.log(`frame ${sequence}`),
    complete: () => console.log(`${lost} frames lost`),
  });
// #endregion main
