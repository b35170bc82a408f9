// #region main
import { firstValueFrom } from 'rxjs';
import { json, reply, requester } from 'rxzmq';

type Setting = { name: string; value: number };

// A device, elsewhere, that keeps its settings within bounds: there it binds 'tcp://*:5557'.
const device = reply('inproc://device', ({ name, value }) => ({ name, value: Math.min(value, 40) }), {
  codec: json<Setting>(),
}).subscribe();

// One socket for all who want to change one.
const settings = requester('inproc://device', { codec: json<Setting>(), timeoutMs: 1000 });
const set = (name: string, value: number) => firstValueFrom(settings.request({ name, value }));

const [gain, squelch] = await Promise.all([set('gain', 60), set('squelch', 12)]);
console.log(`gain ${gain.value}, squelch ${squelch.value}`);

await settings.close();
device.unsubscribe();
// #endregion main
