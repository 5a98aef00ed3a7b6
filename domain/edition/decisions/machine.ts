import type { Decision } from "./decisions.ts";

/** Who a decision is by that no person made: the newsletter's schedule, or the freshness gate. */
export const SCHEDULE = "schedule";
export const GATE = "gate";

/** Whether a person made the decision. */
export const isByPerson = ({ by, byId }: Pick<Decision, "by" | "byId">): boolean =>
  byId !== undefined || (by !== SCHEDULE && by !== GATE);
