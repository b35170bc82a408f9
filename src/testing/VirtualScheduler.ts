import type { SchedulerAction, Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

type Work<T> = (this: SchedulerAction<T>, state?: T) => void;

/** RxJS's VirtualTimeScheduler, which gets everything that RxJS schedules while it runs; it reports what is scheduled and what runs. */
export class VirtualScheduler extends TestScheduler {
  /** Something was scheduled. */
  onScheduled: () => void = () => undefined;
  /** Something that was scheduled is about to run. */
  onAction: () => void = () => undefined;

  constructor() {
    super(() => undefined); // this kit has its own expectations
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

  /** Schedules an action without a report. */
  enqueue(work: () => void, delay: number): Subscription {
    return super.schedule(work, delay);
  }
}
