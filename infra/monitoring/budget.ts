import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { Construct } from "constructs";
import type { Config } from "../deployment.ts";

/** Mails the operator when the account's monthly bill nears the config's sum. Two budgets are free. */
export function makeBudget(scope: Construct, { name, budget, operator }: Config): void {
  if (budget === undefined || operator === undefined) return;
  const notify = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
    notification: { notificationType, threshold, thresholdType: "PERCENTAGE", comparisonOperator: "GREATER_THAN" },
    subscribers: [{ subscriptionType: "EMAIL", address: operator }],
  });
  new CfnBudget(scope, "Budget", {
    budget: {
      budgetName: `${name}-monthly`,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      budgetLimit: { amount: budget.dollarsPerMonth, unit: "USD" },
    },
    notificationsWithSubscribers: [notify("ACTUAL", 80), notify("FORECASTED", 100)],
  });
}
