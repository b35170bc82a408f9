import { afterEach, expect, it, vi } from 'vitest';
import { addressed, isBaseUrl, isOwn } from '../../src/angular/client/addressing.js';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['', '/iq', '/iq'],
  ['/base', '/iq', '/base/iq'],
  ['wss://radio.example/base', '/iq', 'wss://radio.example/base/iq'],
  ['wss://radio.example', 'wss://other.example/iq', 'wss://other.example/iq'],
  ['wss://radio.example', '//other.example/iq', '//other.example/iq'],
  ['wss://radio.example', undefined, undefined],
])('after %j, %j is %j', (base, endpoint, whole) => expect(addressed(base, endpoint)).toBe(whole));

it.each([
  ['', '/iq', true],
  ['', 'wss://page.example/iq', true],
  ['/base', 'wss://page.example:443/iq', true],
  ['', 'ws://page.example/iq', false],
  ['', 'wss://other.example/iq', false],
  ['wss://radio.example', 'wss://radio.example/iq', true],
  ['wss://radio.example/base', 'wss://radio.example:8443/iq', false],
  ['wss://radio.example', 'ws://radio.example/iq', false],
  ['wss://radio.example', 'wss://page.example/iq', false],
  ['wss://radio.example', 'nats+wss://radio.example/iq', false],
  ['wss://radio.example', 7, false],
])('with %j, %j is on the own host: %j', (base, endpoint, own) => {
  vi.stubGlobal('location', { origin: 'https://page.example' });
  expect(isOwn(base, endpoint)).toBe(own);
});

it.each(['', '/', '/base', 'ws://localhost:8080', 'wss://radio.example/base/'])('%j is a base URL', (url) =>
  expect(isBaseUrl(url)).toBeUndefined(),
);

it.each([
  'radio',
  'https://radio.example',
  '//radio.example',
  'wss://a b',
  'wss://u:p@a',
  'wss://a?x',
  'wss://a#x',
  7,
  null,
])('%j is none', (url) => expect(isBaseUrl(url)).toMatch(/a URL such as/));
