/** An activity that only tells the bench at which moment (epoch ms) it ran, and for which instant. */
export interface BareActivities {
  fire(instant: number): Promise<void>;
}

export function createBareActivities(tell: (message: Fired) => void): BareActivities {
  return { fire: async (instant) => tell({ instant, at: Date.now() }) };
}

export interface Fired {
  instant: number;
  at: number;
}
