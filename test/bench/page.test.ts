import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rows } from '../../bench/rows/index.js';
import type { Figure } from '../../bench/runner/Figure.js';
import { fillPage, pageOf } from '../../bench/runner/page.js';
import type { Run } from '../../bench/runner/Run.js';
import { parseSettings } from '../../bench/runner/settings.js';

const BEGIN = '<!-- results -->';
const END = '<!-- end of results -->';
const docs = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');

describe('fillPage', () => {
  it('puts lines between the markers and leaves all else', () => {
    const page = `# Page\n\n${BEGIN}\n\nold\n\n${END}\n\nmore\n`;

    expect(fillPage(page, ['one', 'two'])).toBe(`# Page\n\n${BEGIN}\n\none\ntwo\n\n${END}\n\nmore\n`);
  });

  it('gives the same page when it is filled again', () => {
    const once = fillPage(`${BEGIN}${END}`, ['one', '', '$& and $1']);

    expect(fillPage(once, ['one', '', '$& and $1'])).toBe(once);
  });

  it.each([
    ['no marker', 'text'],
    ['no end', `${BEGIN} text`],
    ['no beginning', `text ${END}`],
    ['the end first', `${END} text ${BEGIN}`],
    ['two beginnings', `${BEGIN} ${BEGIN} ${END}`],
    ['two ends', `${BEGIN} ${END} ${END}`],
  ])('refuses a page with %s', (_, page) => {
    expect(() => fillPage(page, [])).toThrow(`the page needs one ${BEGIN} and one ${END} after it`);
  });
});

describe('pageOf', () => {
  const facts: Omit<Figure, 'label' | 'median'> = { low: 0.9, high: 2.1, unit: 'ratio', absolute: '2 to 1; 9 rounds' };
  const run: Run = {
    at: '2026-05-04T03:02:01.000Z',
    machine: { processor: '2 x Some', Node: '24.0.0' },
    settings: parseSettings([]),
    notes: ['No pyzmq.'],
    rows: {
      first: [
        { label: 'held', driver: 'engine', size: 64, median: 2, target: { atLeast: 1 }, ...facts },
        { label: 'missed', driver: 'engine', size: 64, median: 1, target: { atLeast: 2 }, ...facts },
      ],
      third: [{ label: 'only said', median: 1.5, ...facts }],
    },
    missing: { second: 'it needs the programs in C' },
  };
  const all = ['first', 'second', 'third', 'fourth'].map((name) => ({ name, title: `What ${name} is about` }));
  const lines = pageOf(run, all);

  it('begins with the day, the verdict, the machine and what it lacks', () => {
    expect(lines.slice(0, 9)).toEqual([
      'Measured on 2026-05-04. 1 of 2 targets held.',
      '',
      '|           | measured on and with |',
      '| --------- | -------------------- |',
      '| processor | 2 x Some             |',
      '| Node      | 24.0.0               |',
      '',
      '- No pyzmq.',
      '',
    ]);
  });

  it('has an overview, what was missed, and each row in its order', () => {
    expect(lines.filter((line) => line.startsWith('#'))).toEqual([
      '### All of it',
      '### Targets missed',
      '### first',
      '### second',
      '### third',
    ]);
    const missed = lines.slice(lines.indexOf('### Targets missed'), lines.indexOf('### first'));
    expect(missed.filter((line) => line.startsWith('| '))).toHaveLength(3);
    expect(missed.join()).toContain('SHORT');
  });

  it('shows the figures of a row with their quartiles, and why one has none', () => {
    const first = lines.slice(lines.indexOf('### first'));

    expect(first[2]).toBe('What first is about.');
    expect(first[6]).toMatch(
      /^\| held +\| engine \| 64 B +\| 2\.00 +\| 0\.90 - 2\.10 +\| >= 1 +\| pass +\| +\| +\| 2 to 1; 9 rounds \|$/,
    );
    expect(lines.slice(lines.indexOf('### second'), lines.indexOf('### third'))).toEqual([
      '### second',
      '',
      'What second is about.',
      '',
      'Left out: it needs the programs in C.',
      '',
    ]);
  });

  it('says that a run was quick, and shows no empty tables', () => {
    const quick = pageOf({ ...run, settings: parseSettings(['--quick']), rows: {}, missing: {} }, all);

    expect(quick[0]).toBe('Measured on 2026-05-04, in a quick run. 0 of 0 targets held.');
    expect(quick.filter((line) => line.startsWith('#'))).toEqual([]);
  });
});

describe('the page of the docs', () => {
  it('can be filled', () => {
    expect(fillPage(docs, ['x'])).toContain(`${BEGIN}\n\nx\n\n${END}`);
  });

  it('says of each row what it compares', () => {
    const listed = docs.split('\n').flatMap((line) => {
      const [, names] = /^\| ((?:`\w+`(?:, )?)+) \|/.exec(line) ?? [];
      return names?.replaceAll('`', '').split(', ') ?? [];
    });

    expect(listed.sort()).toEqual(rows.map(({ name }) => name).sort());
  });
});
