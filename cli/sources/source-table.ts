import type { CommandOutput } from "#functions/command/contract.ts";
import { columns } from "../terminal/output.ts";

type Source = CommandOutput<"source list">["sources"][number];

const head = ["SOURCE", "HEALTH", "LAST POLL (UTC)", "LAST ARTICLE", "USED", "WEIGHT", "TITLE", "ADDRESS"];

/** The sources and their health; below the table, the last error of each failing source. */
export function sourceTable(sources: readonly Source[]): string {
  const rows = sources.map((one) => [
    one.id,
    health(one),
    minute(one.lastPolledAt),
    minute(one.lastArticleAt),
    share(one),
    String(one.weight),
    one.title,
    one.kind === "push" ? "(pushed)" : one.url,
  ]);
  const errors = sources.flatMap(({ id, lastError }) => (lastError === null ? [] : [`${id}: ${lastError}`]));
  const table = columns(head, rows);
  return errors.length === 0 ? table : `${table}\n\n${errors.join("\n")}`;
}

/** The last poll of a push source is its last push. */
function health({ kind, failures, lastPolledAt }: Source): string {
  if (failures > 0) return `failed ${failures === 1 ? "once" : `${failures} times`}`;
  if (lastPolledAt === null) return kind === "push" ? "nothing pushed yet" : "not polled yet";
  return "healthy";
}

const minute = (instant: string | null) => (instant === null ? "never" : instant.slice(0, 16).replace("T", " "));

/** The share of its articles that editions showed. A developing story is shown again, so it can exceed 100 %. */
function share({ articles, used }: Source): string {
  if (articles === 0) return "-";
  const percent = (100 * used) / articles;
  return percent > 0 && percent < 1 ? "<1%" : `${Math.round(percent)}%`;
}
