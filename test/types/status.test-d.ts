import { Subject } from 'rxjs';
import { fromPull, reply, request, requester, type SocketStatus, type StatusObserver, text, toPub } from 'rxzmq';
import { describe, expectTypeOf, it } from 'vitest';

declare const status: SocketStatus;
const url = 'tcp://127.0.0.1:5555';

describe('SocketStatus', () => {
  it('narrows by kind', () => {
    switch (status.kind) {
      case 'listening':
      case 'connecting':
      case 'connected':
      case 'stalled':
      case 'closed':
        // @ts-expect-error -- they tell no reason
        void status.reason;
        break;
      case 'disconnected':
      case 'otherThread':
        expectTypeOf(status.reason).toEqualTypeOf<string>();
        break;
      case 'retrying':
        expectTypeOf(status.delayMs).toEqualTypeOf<number>();
        break;
      case 'handshakeFailed':
        expectTypeOf(status.reason).toEqualTypeOf<string>();
        expectTypeOf(status.error).toEqualTypeOf<Error | undefined>();
        break;
      case 'subscribed':
        expectTypeOf(status.count).toEqualTypeOf<number>();
        break;
      case 'resumed':
        expectTypeOf(status.stalledMs).toEqualTypeOf<number>();
        break;
      case 'dropped':
        expectTypeOf(status.count).toEqualTypeOf<number | undefined>();
        expectTypeOf(status.reason).toEqualTypeOf<string>();
        break;
      case 'invalid':
        expectTypeOf(status.error).toEqualTypeOf<Error>();
        expectTypeOf(status.count).toEqualTypeOf<number>();
        break;
      default:
        expectTypeOf(status).toBeNever();
    }
  });

  it('always says where, and of which socket', () => {
    expectTypeOf(status.endpoint).toEqualTypeOf<string>();
    expectTypeOf(status.socketId).toEqualTypeOf<number>();
    // @ts-expect-error -- not every status counts
    void status.count;
    // @ts-expect-error -- no such kind
    void (status.kind === 'lost');
  });
});

describe('option status', () => {
  it('takes a function, a Subject or an observer with next', () => {
    const heard = new Subject<SocketStatus>();
    fromPull(url, { status: heard });
    toPub(url, { status: (told) => expectTypeOf(told).toEqualTypeOf<SocketStatus>() });
    request(url, { status: { next: (told) => expectTypeOf(told).toEqualTypeOf<SocketStatus>() } });
    requester(url, { status: new Subject<unknown>() });
    reply(url, (asked) => asked, { codec: text, status: heard });
    expectTypeOf<Subject<SocketStatus>>().toExtend<StatusObserver>();
  });

  it('takes nothing else', () => {
    // @ts-expect-error -- an observer of something else
    fromPull(url, { status: new Subject<string>() });
    // @ts-expect-error -- nothing to hear with
    fromPull(url, { status: {} });
    // @ts-expect-error -- true does not hear
    fromPull(url, { status: true });
  });
});
