import {
  connect,
  distinctUntilChanged,
  ignoreElements,
  map,
  merge,
  NEVER,
  type Observable,
  type OperatorFunction,
  sampleTime,
  tap,
} from 'rxjs';
import { colourMode, createPalette } from './colour.js';
import type { Reception } from './receive.js';
import { render, type Style } from './render.js';
import { keys, toScreen } from './terminal.js';
import { glyphsFor } from './text.js';

/** Whether someone is there to watch a moving picture. */
export const isLive = process.stdout.isTTY && process.env['TERM'] !== 'dumb';

/** Shows what comes, moving on a terminal, otherwise as a picture every now and then; passes it on. */
export function show(
  picturesPerSecond: number,
  everyMs: number,
  hint = 'q ends',
): OperatorFunction<Reception, Reception> {
  const mode = colourMode(process.env, process.stdout.isTTY);
  const palette = createPalette(mode);
  const glyphs = glyphsFor(mode, process.env);
  const draw = ({ view, link }: Reception): string[] => {
    const columns = process.stdout.columns || Number(process.env['COLUMNS']) || 80;
    const rows = process.stdout.rows || Number(process.env['LINES']) || 24;
    const style: Style = { columns, rows, palette, glyphs, picturesPerSecond, hint: isLive ? hint : '' };
    return render(view, link, style);
  };
  return connect((receptions) => merge(receptions, receptions.pipe(isLive ? moving(draw) : still(draw, everyMs))));
}

type Draw = (reception: Reception) => string[];

function moving(draw: Draw): OperatorFunction<Reception, never> {
  return (receptions) => receptions.pipe(map(draw), toScreen(process.stdout), ignoreElements());
}

function still(draw: Draw, everyMs: number): OperatorFunction<Reception, never> {
  return connect((receptions) =>
    merge(
      receptions.pipe(
        map(({ link }) => link),
        distinctUntilChanged(),
      ),
      receptions.pipe(
        sampleTime(everyMs),
        map(
          (reception) =>
            `\n${draw(reception)
              .map((line) => line.trimEnd())
              .join('\n')}\n`,
        ),
      ),
    ).pipe(
      tap((text) => process.stdout.write(`${text}\n`)),
      ignoreElements(),
    ),
  );
}

/** Emits the keys that are pressed while a picture moves. */
export function pressedKeys(): Observable<string> {
  return isLive && process.stdin.isTTY ? keys(process.stdin) : NEVER;
}

/** Whether a key means the end: q, or Ctrl-C, which is a key like others while the keyboard is taken. */
export function isEnd(key: string): boolean {
  return key === 'q' || key === 'Q' || key === '\x03';
}
