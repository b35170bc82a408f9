import { map, type Observable, of } from 'rxjs';
import { describe, expectTypeOf, it } from 'vitest';
import type { Datagram, GroupMessage, OutgoingParts, Part, RoutedMessage } from '../../src/sockets/messages.js';
import { openSocket } from '../../src/sockets/openSocket.js';
import { proxy } from '../../src/sockets/proxy/proxy.js';
import type { ProxyStatus } from '../../src/sockets/proxy/ProxyStatus.js';
import type { MessageOf, SocketOf, SocketType } from '../../src/sockets/SocketTypes.js';

declare const url: string;
declare const bytes: Uint8Array;
declare const parts: Uint8Array[];

describe('openSocket', () => {
  it('gives a handle that chains as itself', () => {
    expectTypeOf(openSocket('router')).toEqualTypeOf<SocketOf<'router'>>();
    expectTypeOf(openSocket('router').bind(url).connect(url).unbind(url).disconnect([url])).toEqualTypeOf<
      SocketOf<'router'>
    >();
    expectTypeOf(openSocket('sub').connect(url).subscribe('a', bytes).unsubscribe().messages).toEqualTypeOf<
      Observable<Uint8Array[]>
    >();
    expectTypeOf(openSocket('dish').join('a').leave('a').bind(url)).toEqualTypeOf<SocketOf<'dish'>>();
    expectTypeOf(openSocket('pub').opened).toEqualTypeOf<Promise<readonly string[]>>();
    expectTypeOf(openSocket('pub').type).toEqualTypeOf<'pub'>();
    expectTypeOf(openSocket('pub').close({ lingerMs: 0 })).toEqualTypeOf<Promise<void>>();
    expectTypeOf(openSocket('pub')).toExtend<AsyncDisposable>();
  });

  it('types messages by the type of the socket', () => {
    expectTypeOf<MessageOf<'pair' | 'sub' | 'xpub' | 'xsub' | 'pull'>>().toEqualTypeOf<Uint8Array[]>();
    expectTypeOf<MessageOf<'req' | 'rep' | 'dealer' | 'router'>>().toEqualTypeOf<Uint8Array[]>();
    expectTypeOf<MessageOf<'stream'>>().toEqualTypeOf<[routingId: Uint8Array, data: Uint8Array]>();
    expectTypeOf<MessageOf<'server' | 'peer'>>().toEqualTypeOf<RoutedMessage>();
    expectTypeOf<MessageOf<'client' | 'gather' | 'channel'>>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<MessageOf<'dish'>>().toEqualTypeOf<GroupMessage>();
    expectTypeOf<MessageOf<'dgram'>>().toEqualTypeOf<Datagram>();
    expectTypeOf<MessageOf<'pub' | 'push' | 'radio' | 'scatter'>>().toEqualTypeOf<never>();
  });

  it('sends what its type sends', () => {
    expectTypeOf(openSocket('pair').send).parameter(0).toEqualTypeOf<OutgoingParts>();
    expectTypeOf(openSocket('router').send).parameter(0).toEqualTypeOf<readonly Part[]>();
    expectTypeOf(openSocket('stream').send).parameter(0).toEqualTypeOf<readonly [routingId: Part, data: Part]>();
    expectTypeOf(openSocket('server').send).parameter(0).toEqualTypeOf<RoutedMessage<Part>>();
    expectTypeOf(openSocket('client').send).parameter(0).toEqualTypeOf<Part>();
    expectTypeOf(openSocket('radio').send).parameter(0).toEqualTypeOf<GroupMessage<Part>>();
    expectTypeOf(openSocket('dgram').send).parameter(0).toEqualTypeOf<Datagram<Part>>();
    void openSocket('push').send(['a', bytes], { signal: AbortSignal.timeout(5), zeroCopy: true });
    void openSocket('router').send([bytes, ...parts]);
    void openSocket('server').send({ routingId: 1, data: 'x' });
    // @ts-expect-error -- a client sends one part
    void openSocket('client').send(['a', 'b']);
    // @ts-expect-error -- so does a scatter
    void openSocket('scatter').send(['a']);
    // @ts-expect-error -- a router says to whom
    void openSocket('router').send('text');
    // @ts-expect-error -- two parts, no more
    void openSocket('stream').send([bytes, 'a', 'b']);
    // @ts-expect-error -- a number is no part
    void openSocket('push').send(7);
    // @ts-expect-error -- to whom?
    void openSocket('server').send('x');
    // @ts-expect-error -- a group
    void openSocket('radio').send({ data: 'x' });
  });

  it('joins pipelines with the types of its messages', () => {
    const router = openSocket('router');
    const dealer = openSocket('dealer');
    expectTypeOf(router.messages.pipe(dealer.sink())).toEqualTypeOf<Observable<Uint8Array[]>>();
    expectTypeOf(dealer.messages.pipe(router.sink())).toEqualTypeOf<Observable<Uint8Array[]>>();
    expectTypeOf(of('a').pipe(dealer.sink())).toEqualTypeOf<Observable<string>>();
    const server = openSocket('server');
    expectTypeOf(
      server.messages.pipe(
        map(({ routingId }) => ({ routingId, data: 'x' })),
        server.sink(),
      ),
    ).toEqualTypeOf<Observable<{ routingId: number; data: string }>>();
    const stream = openSocket('stream');
    expectTypeOf(stream.messages.pipe(stream.sink())).toEqualTypeOf<
      Observable<[routingId: Uint8Array, data: Uint8Array]>
    >();
    // @ts-expect-error -- several parts are no message of a client
    router.messages.pipe(openSocket('client').sink());
    // @ts-expect-error -- a number is none at all
    of(1).pipe(dealer.sink());
  });

  it('has nothing that its type cannot do', () => {
    // @ts-expect-error -- a pub does not receive
    void openSocket('pub').messages;
    // @ts-expect-error -- nor a push
    void openSocket('push').messages;
    // @ts-expect-error -- nor a radio
    void openSocket('radio').messages;
    // @ts-expect-error -- nor a scatter
    void openSocket('scatter').messages;
    // @ts-expect-error -- a sub does not send
    void openSocket('sub').send('a');
    // @ts-expect-error -- nor a pull
    void openSocket('pull').send('a');
    // @ts-expect-error -- nor has it a sink
    void openSocket('pull').sink();
    // @ts-expect-error -- nor a dish
    void openSocket('dish').send('a');
    // @ts-expect-error -- nor a gather
    void openSocket('gather').send('a');
    // @ts-expect-error -- a pull subscribes to nothing
    void openSocket('pull').subscribe('a');
    // @ts-expect-error -- nor does an xpub
    void openSocket('xpub').subscribe('a');
    // @ts-expect-error -- unless it may
    void openSocket('xpub', { manual: false }).subscribe('a');
    openSocket('xpub', { manual: true }).subscribe('a').bind(url).unsubscribe('a');
    openSocket('xpub', { manualLastValue: true }).subscribe('a');
    // @ts-expect-error -- groups are for dishes
    void openSocket('sub').join('a');
    // @ts-expect-error -- a dgram only binds
    void openSocket('dgram').connect(url);
    // @ts-expect-error -- a dealer does not name its peers
    void openSocket('dealer').connect(url, { routingId: 'a' });
    openSocket('router').connect(url, { routingId: 'a' }).connect(url, { routingId: bytes });
    openSocket('peer').connect(url, { routingId: 7 }).bind(url);
    // @ts-expect-error -- by a number
    void openSocket('peer').connect(url, { routingId: 'a' });
  });

  it('takes the options of its type', () => {
    openSocket('router', { mandatory: true, handover: true, notify: 'both', routingId: bytes, lingerMs: Infinity });
    openSocket('xpub', { verbosity: 'allSubs', welcomeMessage: 'a', noDrop: true });
    openSocket('sub', { conflate: undefined, receiveHighWaterMark: 0, driver: 'native' });
    // @ts-expect-error -- a dealer has none
    openSocket('dealer', { mandatory: true });
    // @ts-expect-error -- a pull does not send
    openSocket('pull', { sendHighWaterMark: 1 });
    // @ts-expect-error -- no such word
    openSocket('xpub', { verbosity: 'all' });
    // @ts-expect-error -- stream has a boolean there
    openSocket('stream', { notify: 'both' });
    // @ts-expect-error -- bind is a method
    openSocket('pub', { bind: true });
    // @ts-expect-error -- no such option
    openSocket('push', { lingr: 1 });
    // @ts-expect-error -- no such type
    openSocket('ruoter');
  });

  it('can be joined by a proxy with what fits it', () => {
    expectTypeOf(proxy(openSocket('router'), openSocket('dealer'))).toEqualTypeOf<Observable<ProxyStatus>>();
    proxy(openSocket('xsub'), openSocket('xpub'), { capture: openSocket('pub'), everyMs: 5 });
    proxy(openSocket('xsub'), openSocket('xpub', { manual: true }));
    proxy(openSocket('pull'), openSocket('push'));
    proxy(openSocket('push'), openSocket('pull'));
    proxy(openSocket('gather'), openSocket('scatter'));
    proxy(openSocket('channel'), openSocket('channel'));
    proxy(openSocket('dish'), openSocket('radio'));
    // @ts-expect-error -- neither receives
    proxy(openSocket('push'), openSocket('pub'));
    // @ts-expect-error -- neither sends
    proxy(openSocket('pull'), openSocket('sub'));
    // @ts-expect-error -- routing ids are one socket's own
    proxy(openSocket('server'), openSocket('dealer'));
    // @ts-expect-error -- the same
    proxy(openSocket('peer'), openSocket('peer'));
    // @ts-expect-error -- parts are not one part
    proxy(openSocket('pull'), openSocket('scatter'));
    // @ts-expect-error -- a capture sends
    proxy(openSocket('pull'), openSocket('push'), { capture: openSocket('pull') });
    // @ts-expect-error -- an endpoint is no socket
    proxy(url, openSocket('push'));
  });

  it('can be written over all types', () => {
    expectTypeOf<SocketType>().toExtend<string>();
    const close = <Type extends SocketType>(socket: SocketOf<Type>): Promise<void> => socket.close();
    void close(openSocket('pub'));
  });
});
