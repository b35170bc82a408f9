import { EndpointError, OptionError } from '../errors.js';
import { describe } from '../basics/describe.js';
import { speaksWeb, webSide } from '../driver/webEndpoints.js';
import { choosesNative } from '../platform/choosesNative.js';
import type { SocketOptions } from './SocketOptions.js';

/**
 * Decides whether a function binds its endpoints: the `bind` option decides, otherwise the default of the function. The
 * endpoint of a gateway is always connected to; an endpoint that a gateway returned is always bound.
 *
 * @param binds the default of the function
 * @throws OptionError if the option contradicts the endpoint, EndpointError if two endpoints need different sides
 */
export function bindsThem(of: string, binds: boolean, endpoints: unknown, { bind, driver }: SocketOptions): boolean {
  const list = (Array.isArray(endpoints) ? (endpoints as unknown[]) : [endpoints]).filter(
    (one) => typeof one === 'string',
  );
  const isNative = choosesNative(driver);
  const connected = list.find((one) => speaksWeb(one, bind === true, isNative) && webSide(one) === 'connects');
  const ofGateway = list.find((one) => webSide(one) === 'binds');
  if (ofGateway !== undefined && !(bind ?? binds)) {
    throw new OptionError(
      'bind',
      bind,
      `${of}: ${describe(ofGateway)} is a path of a gateway, which is bound: add bind: true`,
    );
  }
  if (connected === undefined) return bind ?? binds;
  if (bind === true) {
    throw new OptionError(
      'bind',
      bind,
      `${of}: ${describe(connected)} is connected to and never bound: leave out bind`,
    );
  }
  const other = list.find((one) => webSide(one) !== 'connects');
  if (other !== undefined && (bind ?? binds)) {
    throw new EndpointError(
      endpoints,
      `${of}: ${describe(connected)} is connected to, but ${describe(other)} is bound here: they need a call each`,
    );
  }
  return false;
}
