import type { EditionView } from "#domain/edition/edition.ts";
import type { Workbench } from "#domain/edition/views/workbench.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { WorkbenchPorts } from "../ports.ts";
import { readOnce } from "../read-once.ts";
import { workbench } from "./workbench.ts";

/** Changes an edition and returns everything the editor sees next. What the change has read isn't read again. */
export async function withWorkbench(
  ports: WorkbenchPorts,
  since: number | undefined,
  change: (once: WorkbenchPorts) => Promise<Outcome<EditionView>>,
): Promise<Outcome<{ edition: EditionView; workbench: Workbench }>> {
  const once = readOnce(ports);
  const changed = await change(once);
  if (!changed.ok) return changed;
  const { newsletter, date } = changed.value;
  const shown = await workbench(once, { newsletter, date, since });
  return shown.ok ? done({ edition: changed.value, workbench: shown.value }) : shown;
}
