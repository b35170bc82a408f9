import { EndpointError } from '../errors.js';
import { describe } from '../basics/describe.js';
import { speaksWeb, webFault, webSide } from './webEndpoints.js';

/** One endpoint or several, each `transport://address`. */
export type Endpoints = string | readonly string[];

/** Checks the endpoints that a function was given, on one side. */
export type CheckEndpoints = (of: string, endpoints: unknown, bind: boolean, isNative?: boolean) => readonly string[];

/** Refuses an endpoint for a reason, which goes on behind its name. */
export type Refuse = (reason: string) => never;

/**
 * Checks a list of endpoints, and those of them that lead to a gateway or are bound at one.
 *
 * @param checkOther checks each of the others
 */
export function endpointList(
  checkOther: (of: string, endpoint: string, bind: boolean, refuse: Refuse) => void,
): CheckEndpoints {
  return (of, endpoints, bind, isNative = false) => {
    const list: unknown[] = Array.isArray(endpoints) ? [...(endpoints as unknown[])] : [endpoints];
    if (list.length === 0) throw new EndpointError(endpoints, `${of}: no endpoint given`);
    for (const endpoint of list) {
      const refuse = (reason: string): never => {
        throw new EndpointError(endpoint, `${of}: endpoint ${describe(endpoint)} ${reason}`);
      };
      if (typeof endpoint !== 'string') return refuse('is not a string');
      if (speaksWeb(endpoint, bind, isNative)) checkWeb(endpoint, bind, refuse);
      else checkOther(of, endpoint, bind, refuse);
    }
    const twice = list.find((endpoint, i) => list.indexOf(endpoint) < i && !(endpoint as string).endsWith('*'));
    if (twice !== undefined) throw new EndpointError(twice, `${of}: endpoint ${describe(twice)} is given twice`);
    return list as string[];
  };
}

function checkWeb(endpoint: string, bind: boolean, refuse: Refuse): void {
  if (webSide(endpoint) === 'binds') {
    if (!bind) refuse('is a path of a gateway, which is bound and never connected to');
    return;
  }
  if (bind) refuse('is connected to and never bound; serve() of rxzmq/gateway makes endpoints to bind');
  const fault = webFault(endpoint);
  if (fault !== false) refuse(fault);
}
