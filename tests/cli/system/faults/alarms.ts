import { config } from "#broadsheet.config.ts";
import { makeStack, resourcesOf, templateOf } from "../../../testing/aws/synthesis.ts";

/** What was measured: the values of the last periods, the newest last; null where nothing came. */
export type Series = { readonly metric: string; readonly of?: string; readonly values: readonly (number | null)[] };
/** A line that a function logged in the newest period. */
export type Line = { readonly logged: Readonly<Record<string, unknown>>; readonly of: string };
export type Ringing = { readonly name: string; readonly what: string };

type Properties = Record<string, unknown>;

/** What comes in while all is well: watch runs and logs that no edition is missing. */
const healthy: readonly Series[] = [
  { metric: "Invocations", of: "watch", values: [5, 5, 5, 5] },
  { metric: "MissingEditions", values: [0, 0, 0, 0] },
];

/** The alarms of the synthesised stack, judged as CloudWatch does. */
export function openAlarms() {
  const template = templateOf(makeStack({ notices: { eventBridge: true } }));
  const all = Object.values(resourcesOf(template, "AWS::CloudWatch::Alarm")).map(({ Properties }) => Properties);
  const names = new Map<string, string>();
  for (const type of ["AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::Logs::LogGroup"]) {
    for (const [id, { Properties }] of Object.entries(resourcesOf(template, type))) {
      const name = Properties.FunctionName ?? Properties.QueueName ?? Properties.LogGroupName;
      names.set(id, String(name).replace("/aws/lambda/", "").replace(`${config.name}-`, ""));
    }
  }
  const filters = Object.values(resourcesOf(template, "AWS::Logs::MetricFilter")).map(({ Properties }) => Properties);

  /** The alarms that go off after this, besides what comes in anyway. */
  function after(signals: readonly (Series | Line)[]): Ringing[] {
    const series = [...signals.flatMap((signal) => ("metric" in signal ? [signal] : measured(signal))), ...healthy];
    return all
      .filter((alarm) => isRinging(alarm, (metric, of) => series.find((one) => one.metric === metric && one.of === of)))
      .map(({ AlarmName, AlarmDescription }) => ({
        ...{ name: String(AlarmName).replace(`${config.name}-`, ""), what: String(AlarmDescription) },
      }));
  }

  /** By the metric filters of the function's log. */
  const measured = ({ logged, of }: Line): Series[] =>
    filters.flatMap(({ FilterPattern, LogGroupName, MetricTransformations }) => {
      const [, field = "", wanted] = /^\{ \$\.(\w+) = "(.*)" \}$/.exec(String(FilterPattern)) ?? [];
      const isOwn = names.get(Object(LogGroupName).Ref) === of;
      const isMatch = logged[field] !== undefined && (wanted === "*" || logged[field] === wanted);
      const { MetricName, MetricValue } = Object(MetricTransformations)[0];
      const value = String(MetricValue).startsWith("$.") ? logged[String(MetricValue).slice(2)] : MetricValue;
      return isOwn && isMatch ? [{ metric: String(MetricName), values: [null, null, null, Number(value)] }] : [];
    });

  function isRinging(alarm: Properties, find: (metric: string, of?: string) => Series | undefined): boolean {
    if (alarm.MetricName === undefined) return false;
    const [dimension] = Array.isArray(alarm.Dimensions) ? alarm.Dimensions : [];
    const id = dimension?.Value?.Ref ?? dimension?.Value?.["Fn::GetAtt"]?.[0];
    const values = find(String(alarm.MetricName), id === undefined ? undefined : names.get(id))?.values ?? [];
    const periods = Number(alarm.EvaluationPeriods);
    const looked = Array.from({ length: periods }, (_, at) => values.at(at - periods) ?? null);
    const passes = (value: number) =>
      alarm.ComparisonOperator === "LessThanThreshold"
        ? value < Number(alarm.Threshold)
        : value >= Number(alarm.Threshold);
    const isBad = (value: number | null) => (value === null ? alarm.TreatMissingData === "breaching" : passes(value));
    return looked.filter(isBad).length >= Number(alarm.DatapointsToAlarm ?? periods);
  }

  return { after };
}
