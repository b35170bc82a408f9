import { describe, expect, it } from 'vitest';
import type { Security } from '../../../src/security/Security.js';
import {
  client,
  drivers,
  type End,
  kinds,
  mechanisms,
  misfit,
  pulling,
  pushing,
  refusal,
  server,
  stranger,
  TCP,
} from '../../security/support.js';
import { SecurePeer } from './SecurePeer.js';

const plainServer = { options: { plain_server: 1 }, asks: true, passwords: { ali: 'open sesame' } };
const curveServer = {
  options: { curve_server: 1, curve_secretkey: server.secretKey },
  asks: true,
  keys: [client.publicKey],
};
const plainClient = (password: string) => ({ plain_username: 'ali', plain_password: password });
const curveClient = (serverKey: string, own: { publicKey: string; secretKey: string }) => ({
  curve_serverkey: serverKey,
  curve_publickey: own.publicKey,
  curve_secretkey: own.secretKey,
});

describe.each(drivers)('%s', (driver) => {
  describe('with libzmq as the side that asks', () => {
    it.each<[string, { options: object; asks: boolean }, Security]>([
      ['PLAIN', plainServer, mechanisms.plain.proves],
      ['CURVE', curveServer, mechanisms.curve.proves],
      ['CURVE for everybody', { ...curveServer, asks: false }, { mechanism: 'curve', serverKey: server.publicKey }],
    ])('comes in on %s', async (_what, being, security) => {
      const peer = new SecurePeer({ type: 'PUSH', ...(being as typeof plainServer) });
      const end = pulling(await peer.endpoint(), { driver, security });
      expect(await end.got.first(1)).toEqual(['hello']);
      expect(kinds(end)).not.toContain('handshakeFailed');
    });

    it.each<[string, { options: object; asks: boolean }, Security | undefined, RegExp]>([
      ['a wrong password', plainServer, { ...mechanisms.plain.proves, password: 'close sesame' }, /refused us: '400'$/],
      ['a key that is not known', curveServer, { ...mechanisms.curve.proves, ...stranger }, /refused us: '400'$/],
      ['another server', curveServer, { ...mechanisms.curve.proves, serverKey: stranger.publicKey }, /closed the conn/],
    ])('is kept out with %s', async (_what, being, security, reason) => {
      const peer = new SecurePeer({ type: 'PUSH', ...(being as typeof plainServer) });
      const end = pulling(await peer.endpoint(), { driver, security });
      expect(await refusal(end)).toMatchObject({
        mechanism: security?.mechanism ?? 'null',
        reason: expect.stringMatching(reason),
      });
      await peer.happens(/^HANDSHAKE_FAILED/);
      expect(peer.happened).not.toContain('HANDSHAKE_SUCCEEDED');
      expect(end.got.values).toEqual([]);
    });

    it.each<[string, { options: object; asks: boolean }, Security | undefined]>([
      ['no security', curveServer, undefined],
      ['another mechanism', plainServer, mechanisms.curve.proves],
    ])('is kept out with %s', async (_what, being, security) => {
      const peer = new SecurePeer({ type: 'PUSH', ...(being as typeof plainServer) });
      const end = pulling(await peer.endpoint(), { driver, security });
      await misfit(end, driver, security?.mechanism ?? 'null');
      await peer.happens(/^HANDSHAKE_FAILED/);
      expect(end.got.values).toEqual([]);
    });

    it('is kept out by its address', async () => {
      const peer = new SecurePeer({ type: 'PUSH', options: { zap_domain: 'global' }, asks: true, deny: ['127.0.0.1'] });
      const end = pulling(await peer.endpoint(), { driver });
      expect((await refusal(end)).reason).toBe("the peer refused us: '400'");
    });
  });

  describe('as the side that asks, of libzmq', () => {
    const asked = async (
      security: Security,
      options: object,
    ): Promise<{ readonly bound: End; readonly peer: SecurePeer }> => {
      const bound = pushing(TCP, { driver, security });
      const connect = await bound.statuses.endpoint();
      return { bound, peer: new SecurePeer({ type: 'PULL', connect, options: options as Record<string, string> }) };
    };

    it.each<[string, Security, object]>([
      ['NULL', mechanisms.null.asks, {}],
      ['PLAIN', mechanisms.plain.asks, plainClient('open sesame')],
      ['CURVE', mechanisms.curve.asks, curveClient(server.publicKey, client)],
      [
        'CURVE for everybody',
        { mechanism: 'curve', secretKey: server.secretKey },
        curveClient(server.publicKey, stranger),
      ],
    ])('lets in on %s', async (_what, security, options) => {
      const { bound, peer } = await asked(security, options);
      expect(await peer.message()).toBe('hello');
      expect(kinds(bound)).not.toContain('handshakeFailed');
    });

    it.each<[string, Security, object]>([
      ['who is unwanted', mechanisms.null.refuses, {}],
      ['a wrong password', mechanisms.plain.asks, plainClient('close sesame')],
      ['a key that is not known', mechanisms.curve.asks, curveClient(server.publicKey, stranger)],
      ['who looks for another server', mechanisms.curve.asks, curveClient(stranger.publicKey, client)],
      ['who has no security', mechanisms.curve.asks, {}],
      ['who has another mechanism', mechanisms.plain.asks, curveClient(server.publicKey, client)],
    ])('keeps out %s', async (_what, security, options) => {
      const { bound, peer } = await asked(security, options);
      expect((await refusal(bound)).mechanism).toBe(security.mechanism);
      await peer.happens(/^HANDSHAKE_FAILED/);
      expect(peer.happened).not.toContain('HANDSHAKE_SUCCEEDED');
      expect(bound.got.values).toEqual([]);
    });
  });
});
