const rxjs = require('rxjs');

/** Asks for the native driver in every way there is, and prints what comes of it. */
module.exports = async (rxzmq) => {
  const { fromPull, fromSub, toPush, toPub, request, requester, reply } = rxzmq;
  const native = { driver: 'native' };
  const where = 'tcp://127.0.0.1:*';
  const asked = {
    fromPull: fromPull(where, { bind: true, ...native }),
    fromSub: fromSub(where, { bind: true, ...native }),
    toPush: rxjs.NEVER.pipe(toPush(where, native)),
    toPub: rxjs.NEVER.pipe(toPub(where, native)),
    request: rxjs.NEVER.pipe(request(where, { bind: true, ...native })),
    requester: requester(where, { bind: true, ...native }).request(new Float32Array(2)),
    reply: reply(where, (one) => one, native),
    ws: fromPull('ws://127.0.0.1:*', { bind: true }), // which the engine has not
  };
  for (const [name, source] of Object.entries(asked)) {
    const error = await rxjs.lastValueFrom(source).catch((caught) => caught);
    console.log(`${name}: ${error.name} ${error.code}: ${error.message}`);
  }
};

if (require.main === module) void module.exports(require('rxzmq'));
