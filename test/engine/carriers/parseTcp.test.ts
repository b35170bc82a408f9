import { expect, it } from 'vitest';
import { parseTcp, tcpEndpoint } from '../../../src/engine/carriers/parseTcp.js';

it.each([
  ['tcp://127.0.0.1:5555', { host: '127.0.0.1', port: 5555 }, undefined],
  ['tcp://radio.example.org:1', { host: 'radio.example.org', port: 1 }, undefined],
  ['tcp://*:*', { host: '*', port: 0 }, undefined],
  ['tcp://eth0:0', { host: 'eth0', port: 0 }, undefined],
  ['tcp://[::1]:5555', { host: '::1', port: 5555 }, undefined],
  ['tcp://[fe80::1%eth0]:*', { host: 'fe80::1%eth0', port: 0 }, undefined],
  ['tcp://127.0.0.2:7;radio:5555', { host: 'radio', port: 5555 }, { host: '127.0.0.2', port: 7 }],
  ['tcp://eth0:*;[::1]:5555', { host: '::1', port: 5555 }, { host: 'eth0', port: 0 }],
  ['tcp://eth0;radio:5555', { host: 'radio', port: 5555 }, { host: 'eth0', port: 0 }],
  ['tcp://[::1];[::1]:5555', { host: '::1', port: 5555 }, { host: '::1', port: 0 }],
])('%s', (endpoint, target, source) => {
  expect(parseTcp(endpoint)).toEqual({ target, source });
});

it.each([
  ['127.0.0.1', 'tcp://127.0.0.1:80'],
  ['radio', 'tcp://radio:80'],
  ['::1', 'tcp://[::1]:80'],
])('spells %s', (host, endpoint) => {
  expect(tcpEndpoint(host, 80)).toBe(endpoint);
});
