// #region main
import { of, take } from 'rxjs';
import { fromPull, toPush } from 'rxzmq';
import { pdu, pmt } from 'rxzmq/gnuradio';

// A command for a block with a message port: a ZMQ PULL Message Source takes it there to whatever it is wired to.
of({ freq: 433.92e6, gain: 30n }, pmt.pair('freq', 88e6))
  .pipe(toPush('inproc://commands', { codec: pmt() }))
  .subscribe();

fromPull('inproc://commands', { codec: pmt() })
  .pipe(take(2))
  .subscribe((message) => console.log(message));

// Packets, as a ZMQ PUSH Message Sink behind a PDU port sends them.
of({ meta: { channel: 3n }, data: Uint8Array.of(1, 2, 3) })
  .pipe(toPush('inproc://packets', { codec: pdu() }))
  .subscribe();

fromPull('inproc://packets', { codec: pdu() })
  .pipe(take(1))
  .subscribe(({ meta, data }) => console.log('channel', Number(meta.get('channel')), data));
// #endregion main
