/** A gap from this length on is written as a duration. */
const LONG_MS = 30;

/** Draws events as marbles; events in one millisecond are a group. */
export function timeline(events: readonly { readonly frame: number; readonly letter: string }[]): string {
  let text = '';
  let drawn = 0;
  for (let i = 0; i < events.length;) {
    const { frame } = events[i]!;
    const group: string[] = [];
    for (; events[i]?.frame === frame; i += 1) group.push(events[i]!.letter);
    const letters = group.length === 1 ? group[0]! : `(${group.join('')})`;
    text += wait(frame - drawn) + letters;
    drawn = frame + letters.length;
  }
  return text === '' ? 'nothing' : text.trimStart();
}

function wait(ms: number): string {
  if (ms <= 0) return '';
  return ms > LONG_MS ? ` ${ms}ms ` : '-'.repeat(ms);
}
