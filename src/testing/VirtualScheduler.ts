import type { SchedulerAction, Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

type Work<T> = (this: SchedulerAction<T>, state?: T) => void;

/** RxJS's own, through which goes all that RxJS schedules while it runs; it tells of what it is asked for and what it runs. */
export class VirtualScheduler extends TestScheduler {
  /** Something was scheduled. */
  onScheduled: () => void = () => undefined;
  /** Something that was scheduled is about to run. */
  onAction: () => void = () => undefined;

  constructor() {
    super(() => undefined); // expectations are the kit's
  }

  override schedule<T>(work: Work<T>, delay?: number, state?: T): Subscription {
    const { onAction } = this;
    const told: Work<T> = function (this: SchedulerAction<T>, given?: T): void {
      onAction();
      work.call(this, given);
    };
    const subscription = super.schedule(told, delay, state);
    this.onScheduled();
    return subscription;
  }

  /** Schedules what nobody is told of. */
  enqueue(work: () => void, delay: number): Subscription {
    return super.schedule(work, delay);
  }
}
