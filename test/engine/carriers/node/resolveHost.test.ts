import { beforeEach, describe, expect, it, vi } from 'vitest';
import { reasonOf } from '../../../../src/engine/carriers/reasons.js';
import { type HostAddress, resolveOwnHost } from '../../../../src/engine/carriers/node/resolveHost.js';

const interfaces = vi.hoisted(() => vi.fn());
vi.mock('node:os', async (original) => ({ ...(await original<object>()), networkInterfaces: interfaces }));

const resolved = (host: string): Promise<readonly HostAddress[]> =>
  new Promise((resolve, reject) => {
    resolveOwnHost(host, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

describe('where interfaces cannot be read', () => {
  beforeEach(() => {
    interfaces.mockImplementation(() => {
      throw new Error('uv_interface_addresses returned Unknown system error 13');
    });
  });

  it.each([
    ['*', '0.0.0.0'],
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['localhost', expect.stringMatching(/^(127\.0\.0\.1|::1)$/) as string],
  ])('%s is resolved all the same', async (host, address) => {
    expect((await resolved(host))[0]).toMatchObject({ address });
  });

  it('an interface is an unknown name', async () => {
    await expect(resolved('no-such-interface.invalid')).rejects.toMatchObject({ code: /ENOTFOUND|EAI_AGAIN/ });
  });
});

it('a number asks for no interfaces, a name does', async () => {
  interfaces.mockReset().mockReturnValue({ radio0: [{ address: '127.0.0.1', family: 'IPv4' }] });
  await resolved('127.0.0.1');
  expect(interfaces).not.toHaveBeenCalled();
  expect(await resolved('radio0')).toMatchObject([{ address: '127.0.0.1' }]);
});

it('an error of the system that Node has wrapped has its own name', () => {
  const error = Object.assign(new Error('A system error occurred: uv_interface_addresses returned EMFILE'), {
    code: 'ERR_SYSTEM_ERROR',
    info: { code: 'EMFILE' },
  });
  expect(reasonOf(error)).toBe('this process has too many files open (EMFILE)');
});
