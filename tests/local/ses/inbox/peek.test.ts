import { afterEach, expect, test } from "vitest";
import { bulk, readers, startTrial } from "../../ses-client.ts";

let trial: Awaited<ReturnType<typeof startTrial>>;
afterEach(() => trial.stop());

const lineOf = async (html: string): Promise<string | undefined> => {
  trial = await startTrial();
  const call = bulk(readers(2));
  const template = call.input.DefaultContent?.Template?.TemplateContent;
  if (template)
    Object.assign(template, {
      Html: html,
      Text: "THE DAILY\n\nThe ferry sails again after nine winters, and its fares are frozen until the spring comes.\n",
    });
  await trial.client.send(call);
  const list = await (await fetch(`${trial.url}/`)).text();
  return /<span class="peek">([^<]*)</.exec(list)?.[1];
};

test("a mail's line in the list is its preheader, without the blanks after it", async () => {
  const filler = "&#8199;&#65279;&#847; ".repeat(60);
  const hidden = `<div style="display:none;max-height:0" aria-hidden="true">Plus: rain &amp; wind ${filler}</div>`;
  expect(await lineOf(`<html><body>${hidden}<h1>The Daily</h1></body></html>`)).toBe("Plus: rain &amp; wind");
});

test("without a preheader, it is the first paragraph of the text part", async () => {
  expect(await lineOf("<html><body><h1>The Daily</h1></body></html>")).toMatch(/^The ferry sails again after nine/);
});
