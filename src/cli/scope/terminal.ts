import type { ReadStream, WriteStream } from 'node:tty';
import { filter, fromEvent, Observable, tap, type MonoTypeOperatorFunction } from 'rxjs';

const enter = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J'; // the other screen, no cursor, no wrapping, clean
const leave = '\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l';
const beginPicture = '\x1b[?2026h'; // terminals that know it show what follows at once, the others take no notice
const endPicture = '\x1b[?2026l';

/** Draws pictures, lines from top to bottom, on a screen of their own, and puts the old one back whatever happens. */
export function toScreen(screen: WriteStream): MonoTypeOperatorFunction<readonly string[]> {
  return (pictures) =>
    new Observable((out) => {
      let size = '';
      const restore = (): void => void screen.write(leave);
      screen.write(enter);
      process.once('exit', restore); // a program that crashes must not leave the terminal without a cursor

      const drawing = pictures
        .pipe(
          filter(() => !screen.writableNeedDrain), // a slow terminal gets fewer pictures, not old ones
          tap((lines) => {
            const resized = size !== (size = `${screen.columns}x${screen.rows}`);
            const placed = lines.map((line, row) => `\x1b[${row + 1};1H${line}`);
            screen.write(beginPicture + (resized ? '\x1b[2J' : '') + placed.join('') + endPicture);
          }),
        )
        .subscribe(out);
      return () => {
        drawing.unsubscribe();
        process.off('exit', restore);
        restore();
      };
    });
}

/** The sequences of keys that are no characters. */
const ARROWS: Readonly<Record<string, string>> = { A: 'up', B: 'down', C: 'right', D: 'left' };

/** Emits the keys that are pressed, one by one, and takes them from the terminal for that time. Arrows are `up`, `down`, `left`, `right`. */
export function keys(keyboard: ReadStream): Observable<string> {
  return new Observable((out) => {
    const pressed = fromEvent(keyboard, 'data', (bytes: Buffer) => bytes.toString()).subscribe({
      next: (text) => {
        for (const key of keysIn(text)) out.next(key);
      },
      error: (error: unknown) => out.error(error),
    });
    keyboard.setRawMode(true);
    keyboard.resume();
    return () => {
      pressed.unsubscribe();
      keyboard.setRawMode(false);
      keyboard.pause();
    };
  });
}

/** The keys of what a terminal has sent at once. */
export function keysIn(text: string): string[] {
  return [...text.matchAll(/\x1b(?:\[|O)([A-D])|\x1b\[[\d;]*[~A-Za-z]|[^]/gu)].flatMap(([whole, arrow]) => {
    if (arrow !== undefined) return [ARROWS[arrow]!];
    return whole.length > 1 && whole.startsWith('\x1b') ? [] : [whole];
  });
}
