// #region main
import { from, map, take } from 'rxjs';
import { json, reply, request } from 'rxzmq';

// A receiver, elsewhere, that can be tuned: there it binds 'tcp://*:5557'.
reply('inproc://tuner', (command) => ({ ...command, locked: command.mhz < 200 }), {
  codec: json<{ mhz: number; locked?: boolean }>(),
})
  .pipe(take(3))
  .subscribe();

from([88.2, 433.92, 102.5])
  .pipe(
    map((mhz) => ({ mhz })),
    request('inproc://tuner', { codec: json<{ mhz: number; locked?: boolean }>(), timeoutMs: 1000, retries: 2 }),
  )
  .subscribe(({ mhz, locked }) => console.log(`${mhz} MHz: ${locked ? 'locked' : 'no signal'}`));
// #endregion main
