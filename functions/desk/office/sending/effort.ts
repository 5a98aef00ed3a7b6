import { counted } from "#domain/counted.ts";
import type { Plan } from "#domain/edition/timing/plan.ts";
import { duration } from "../../parts/words.ts";

/** `$1.97`: SES's fee and the rest. */
export const costText = ({ dollars, dollarsBesides }: Plan): string => `$${(dollars + dollarsBesides).toFixed(2)}`;

/** `about 12,340 readers, ≈ 9 min, ≈ $1.97`. In local time it takes a day, whatever SES's rate is. */
export function effortText(plan: Plan, { isLocalTime }: { isLocalTime: boolean }): string {
  const long = plan.seconds === null || isLocalTime ? "" : `, ≈ ${duration(plan.seconds)}`;
  return `about ${counted(plan.readers, "reader")}${long}, ≈ ${costText(plan)}`;
}
