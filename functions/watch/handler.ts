import { findMissingEditions } from "#usecases/delivery/watch/expected-editions.ts";
import { type WatchReport, watch } from "#usecases/delivery/watch/watch.ts";
import { makeDue } from "#usecases/editions/schedule/make-due.ts";
import { announcePreviews } from "#usecases/notices/announce-previews.ts";
import { expectedLine } from "./contract.ts";
import { open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

/** `started`: steps of editions, such as `daily 2026-11-23 due`. */
export async function handler(): Promise<WatchReport & { started: string[] }> {
  opened ??= open();
  const started = await makeDue(opened.schedule);
  const report = await watch(opened.delivery);
  opened.expected.log.info(expectedLine, { missing: await findMissingEditions(opened.expected) });
  await announcePreviews(opened.notices);
  return { started, ...report };
}
