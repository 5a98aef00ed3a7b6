import { expect, test } from "vitest";
import { readHtml } from "#adapters/email-reading/html.ts";
import { editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import { bulkCallComposer } from "#usecases/delivery/send/calling/compose-call.ts";
import { factsOf } from "#usecases/editions/check/facts.ts";
import { approved, config, keys, revision, siteUrl, subscriber } from "../../../../testing/delivery/delivery-system.ts";

test("the envelope that is checked is the one that the sender asks SES for", () => {
  const { daily } = config.newsletters;
  if (daily === undefined) throw new Error("no newsletter");
  const around = { config: daily, siteUrl, editorial: editorialStateOf([]), earlier: [], account: null };
  const { envelope } = factsOf({ content: revision.content, email: revision.email, ...around }, readHtml);
  const batch = {
    newsletter: "daily",
    date: "2026-11-23",
    group: "00",
    run: "r1",
    due: revision.at,
    first: "0".repeat(24),
  };
  const reader = { key: batch, attempt: 1, position: 0, subscriber: subscriber(1) };
  const call = bulkCallComposer(config, siteUrl, keys)(approved(), revision, [reader]);
  if ("problem" in call) throw new Error(call.problem);
  const own = call.entries[0]?.headers ?? [];
  expect([call.from, call.replyTo]).toEqual([envelope.from, envelope.replyTo]);
  const named = (headers: readonly { name: string }[]) => headers.map(({ name }) => name);
  expect(named([...call.headers, ...own])).toEqual(named(envelope.headers));
  expect(call.headers).toEqual(envelope.headers.slice(0, call.headers.length));
  const shape = (value = "") => value.replace(/one-click\/[^>]+/, "one-click/TOKEN");
  expect(own.map(({ value }) => shape(value))).toEqual(envelope.headers.slice(-2).map(({ value }) => shape(value)));
});
