import { fromPull, toPush, type SocketStatus } from 'rxzmq';
const opts: Record<string, unknown>[] = [{ heartbeat: { intervalMs: 10.5 } }, {heartbeat: {intervalMs: 100, timeoutMs: 10.5}}, {heartbeat:{intervalMs:100, ttlMs: 150}}, {heartbeat:{intervalMs:100, ttlMs: 6553500}}, { reconnect: { maxMs: 10.5 } }, { reconnect: { initialMs: 10.5 } }, {reconnect:{initialMs: 2147483647}}, { maxMessageBytes: Number.MAX_SAFE_INTEGER }, {lingerMs: 0.5},{reconnect:{initialMs:500,maxMs:100}}];
for (const o of opts) {
  await new Promise<void>((res) => {
    const s = fromPull('tcp://127.0.0.1:*', { bind: true, ...o, status: (st: SocketStatus) => { if (st.kind === 'listening') { console.log(JSON.stringify(o), 'ok'); s.unsubscribe(); res(); } } } as never).subscribe({ error: (e: Error) => { console.log(JSON.stringify(o), 'ERR', e.message); res(); } });
  });
}
