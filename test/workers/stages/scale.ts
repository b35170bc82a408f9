import type { Frame } from 'rxzmq';
import { stage } from 'rxzmq/stage';

export default stage((frame: Frame<'cf32'>, gain: number): Frame<'cf32'> => {
  const samples = frame.samples.map((x) => x * gain);
  return { ...frame, samples };
});
