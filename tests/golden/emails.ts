import { fill, readerValues, renderDigest } from "#templates/email/digest.ts";
import { editions } from "../testing/editions/editions.ts";

/** Emails as one reader gets them, kept as files and pictures: a change of the template shows as a change of these. */
type GoldenEmail = { name: string; html: string; text: string };

const values = readerValues({ unsubscribeUrl: `https://news.example/unsubscribe/${"t".repeat(85)}` });

export const goldenEmails: readonly GoldenEmail[] = Object.entries(editions).map(([name, { content, look }]) => {
  const { subject, html, text } = fill(renderDigest(content, look), values);
  return { name, html, text: `Subject: ${subject}\n\n${text}` };
});

/** Those that are kept as pictures too, in every mode. */
export const picturedEmails = ["pictured", "plain", "arabic", "german", "french", "hostile"];

export const goldenFolder = new URL("./files/", import.meta.url);
