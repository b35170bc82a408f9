import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readBlocks } from '../../../src/sigmf/files/readBlocks.js';
import { folder } from '../support.js';

it('reads one block ahead, whatever the file has', async () => {
  const path = folder()('data');
  writeFileSync(
    path,
    Uint8Array.from({ length: 100 }, (_, i) => i),
  );
  let asked = 0;
  function* spans() {
    for (let offset = 0; offset < 100; offset += 10) {
      asked += 1;
      yield { offset, length: 10 };
    }
  }
  const blocks = readBlocks('it', { path, offset: 0, length: 100 }, spans());
  for (let taken = 1; taken <= 5; taken += 1) {
    const { value } = await blocks.next();
    expect(value?.bytes[0]).toBe((taken - 1) * 10);
    expect(asked).toBe(taken + 1);
  }
  await blocks.return();
  expect(asked).toBe(6);
});
