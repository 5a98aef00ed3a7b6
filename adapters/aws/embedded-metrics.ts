/** Fields of a log line that become CloudWatch metrics, by name with their unit. */
export const editionMetrics = {
  accepted: "Count",
  bounced: "Count",
  complained: "Count",
  minutesAfterDue: "None",
} as const;

/**
 * Turns fields of a log line into metrics of a newsletter, without a call (embedded metric format). Fields without a
 * number are left out, because one of them would make CloudWatch ignore the whole line.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param at milliseconds
 */
export const embeddedMetrics =
  (namespace: string) =>
  (fields: Readonly<Record<string, unknown>>, at: number): { _aws: object } => ({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [["newsletter"]],
          Metrics: Object.entries(editionMetrics)
            .filter(([name]) => typeof fields[name] === "number")
            .map(([Name, Unit]) => ({ Name, Unit })),
        },
      ],
    },
  });
