import { expect, test } from "vitest";
import { acceptedBy } from "#domain/delivery/calls/attempt.ts";
import { key, revision } from "../../../testing/delivery/delivery-system.ts";
import { addresses, open } from "../../../testing/delivery/virtual-sender.ts";

test("readers who were not mailed yet get the new revision, and the ledger says who got which", async () => {
  const app = open({ rate: 2 });
  await app.frozen(12, 2);
  const subjects = new Map<string, string>();
  const composeCall: typeof app.ports.composeCall = (edition, one, readers) => {
    for (const { subscriber } of readers) subjects.set(subscriber.id, one.email.subject);
    return app.ports.composeCall(edition, one, readers);
  };
  const corrects = async () => {
    await app.time.sleep(3_500);
    await app.editions.putRevision(key, { ...revision, rev: 2, email: { ...revision.email, subject: "Corrected" } });
    await app.editions.update(key, { rev: 2 }, { rev: 1 });
  };
  await Promise.all([app.run({ composeCall }), corrects()]);
  expect([app.mailed(), await app.state()]).toEqual([addresses(12), "finished"]);
  const batches = await app.batches();
  const revs = batches.flatMap((batch) => batch.ids.map((id, at) => ({ id, rev: acceptedBy(batch, at)?.rev })));
  expect(revs.map(({ id }) => subjects.get(id))).toEqual(
    revs.map(({ rev }) => (rev === 2 ? "Corrected" : revision.email.subject)),
  );
  expect(new Set(revs.map(({ rev }) => rev))).toEqual(new Set([1, 2]));
});
