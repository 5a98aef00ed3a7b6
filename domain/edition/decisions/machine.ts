import type { Decision } from "./decisions.ts";

/** Authors of automatic decisions: the newsletter's schedule, and the freshness gate. */
export const SCHEDULE = "schedule";
export const GATE = "gate";

/** Whether a person made the decision. */
export const isByPerson = ({ by, byId }: Pick<Decision, "by" | "byId">): boolean =>
  byId !== undefined || (by !== SCHEDULE && by !== GATE);
