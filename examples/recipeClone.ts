// #region main
import { lastValueFrom, merge, scan, Subject, take, tap } from 'rxjs';
import { fromSub, json, reply, request, toPub } from 'rxzmq';

type State = { version: number; gain?: number; squelch?: number };
const codec = json<State>();
// The owner of a state publishes its changes, and gives all of it to who asks.
let state: State = { version: 0, gain: 10, squelch: 5 };
const changes = new Subject<State>();
const owner = changes.pipe(toPub('inproc://changes', { codec })).subscribe();
owner.add(reply('inproc://state', () => state, { codec }).subscribe());
const change = (what: Partial<State>) => {
  state = { ...state, ...what, version: state.version + 1 };
  changes.next({ ...what, version: state.version });
};
change({ gain: 20 }); // no clone gets this

// A clone asks for the state once it hears of changes, and again whenever it was cut off.
const connected = new Subject<State>();
const status = ({ kind }: { kind: string }) => kind === 'connected' && connected.next({ version: 0 });
const asked = connected.pipe(request('inproc://state', { codec }));
const clone = merge(asked, fromSub('inproc://changes', { codec, status })).pipe(
  scan((mine, news) => (news.version > mine.version ? { ...mine, ...news } : { ...news, ...mine })),
  tap(({ version, gain, squelch }) => console.log(`version ${version}: gain ${gain}, squelch ${squelch}`)),
  take(2),
);
await lastValueFrom(clone.pipe(tap(({ version }) => version === 1 && change({ squelch: 7 }))));
owner.unsubscribe();
// #endregion main
