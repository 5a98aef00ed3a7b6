/** Fields of a log line that CloudWatch takes as metrics, by name with their unit. */
export const editionMetrics = {
  accepted: "Count",
  bounced: "Count",
  complained: "Count",
  minutesAfterDue: "None",
} as const;

/**
 * What makes CloudWatch take fields of a log line as metrics of a newsletter, without a call (embedded metric format).
 * A field that has no number is left out: with one CloudWatch takes none of the line.
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
