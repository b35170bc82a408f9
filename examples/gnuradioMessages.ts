// #region main
import { concat, map, of, take } from 'rxjs';
import { fromPull, toPush } from 'rxzmq';
import { pdu, pmt } from 'rxzmq/gnuradio';

// Commands for a block with a message port: a ZMQ PULL Message Source takes them there to whatever it is wired to.
of({ freq: 433.92e6, gain: 30n }, pmt.pair('freq', 88e6))
  .pipe(toPush('inproc://commands', { codec: pmt() }))
  .subscribe();

// Packets, as a ZMQ PUSH Message Sink behind a PDU port sends them.
of({ meta: { channel: 3n }, data: Uint8Array.of(1, 2, 3) })
  .pipe(toPush('inproc://packets', { codec: pdu() }))
  .subscribe();

const commands = fromPull('inproc://commands', { codec: pmt() }).pipe(take(2));
const packets = fromPull('inproc://packets', { codec: pdu() }).pipe(take(1));
concat(commands, packets.pipe(map(({ meta, data }) => [meta.get('channel'), data]))).subscribe((it) => console.log(it));
// #endregion main
