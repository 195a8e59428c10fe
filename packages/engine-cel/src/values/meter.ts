import { CelFault } from './fault.ts';

/**
 * Counts the steps of one evaluation. A step is the evaluation of one syntax node; work whose size depends on
 * data (strings, lists) is charged by that size as well, which also bounds memory.
 */
export class Meter {
  left: number;
  readonly budget: number;

  constructor(budget: number) {
    this.budget = budget;
    this.left = budget;
  }

  reset(): void {
    this.left = this.budget;
  }

  /** Takes `steps`; throws a `budget` fault where they are not left. */
  charge(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new CelFault(`stopped after ${this.budget} steps`, 'budget');
  }

  /** Charges for reading or writing `length` characters or bytes. */
  chargeText(length: number): void {
    if (length >= 64) this.charge(length >> 6);
  }

  /** Charges for copying `length` list elements. */
  chargeItems(length: number): void {
    if (length >= 8) this.charge(length >> 3);
  }
}
