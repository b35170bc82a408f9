import type { IncomingHttpHeaders } from 'node:http';
import { warn } from '../basics/warn.js';
import { addressReader, type ClientAddress } from './admission/clientAddress.js';
import { originTest } from './admission/originRule.js';
import { readProtocols, SUBPROTOCOL, type Offer } from './admission/readProtocols.js';
import type { GatewayOptions } from './GatewayOptions.js';
import type { Upgrade } from './http/Upgrade.js';

/** Why a request is refused with an HTTP status. */
export interface HttpRefusal {
  readonly status: number;
  readonly reason: string;
}

/** What a request says about its client. */
export interface Visitor {
  readonly address: ClientAddress;
  readonly origin: string | undefined;
  readonly offer: Offer;
  /** Why the request is refused for this alone. */
  readonly refusal: HttpRefusal | undefined;
}

/** Checks clients before their token: first by Origin, then by address. */
export class Admission {
  readonly #readAddress: (peer: string | undefined, headers: IncomingHttpHeaders) => ClientAddress;
  readonly #isAllowed: (origin: string) => boolean;
  readonly #asks: boolean;
  #hasWarned = false;

  constructor({ origins, trustProxy, authenticate }: GatewayOptions) {
    this.#readAddress = addressReader(trustProxy);
    this.#isAllowed = originTest(origins);
    this.#asks = authenticate !== undefined;
  }

  visitor({ request }: Upgrade): Visitor {
    const { headers, socket } = request;
    const { origin } = headers;
    const address = this.#readAddress(socket.remoteAddress, headers);
    const offer = readProtocols(headers['sec-websocket-protocol']);
    const refusal = this.#refusal(origin, address, offer);
    if (address.isProxied && this.#asks && refusal === undefined) this.#warnOfProxy(address);
    return { address, origin, offer, refusal };
  }

  #refusal(origin: string | undefined, address: ClientAddress, { speaks }: Offer): HttpRefusal | undefined {
    if (origin !== undefined && !this.#isAllowed(origin)) {
      return { status: 403, reason: "this Origin is not one of option 'origins'" };
    }
    if (!this.#asks && !address.isLocal) {
      return {
        status: 403,
        reason: "without option 'authenticate' only clients of this machine are accepted, and through no proxy",
      };
    }
    return speaks ? undefined : { status: 400, reason: `the subprotocol must be ${SUBPROTOCOL}` };
  }

  #warnOfProxy({ address }: ClientAddress): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    warn(
      `a gateway is asked through a proxy at ${address}, which option 'trustProxy' does not have: limits by address do not hold for its clients`,
    );
  }
}
