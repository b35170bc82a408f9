// #region main
import { Subject, take } from 'rxjs';
import { fromRtlTcp, type RtlTcpSettings } from 'rxzmq/sigmf';
import { startReceiver } from './radios/rtlTcp.js';

const address = await startReceiver(); // yours is where `rtl_tcp -a 0.0.0.0` runs: 'raspberrypi:1234'
const commands = new Subject<RtlTcpSettings>();

fromRtlTcp(address, { sampleRate: 240_000, centerFreq: 98.5e6, gain: 28, commands, blockSamples: 24_000 })
  .pipe(take(3))
  .subscribe(({ sequence, numSamples, centerFreq }) => {
    console.log(`block ${sequence}: ${numSamples} samples at ${centerFreq / 1e6} MHz`);
    if (sequence === 1) commands.next({ centerFreq: 101.1e6 }); // frames have it from the next block on
  });
// #endregion main
