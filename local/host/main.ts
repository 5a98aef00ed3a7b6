import { recallPart } from "../folder.ts";
import { findPart, givenEndpoint, runPart } from "../part.ts";
import { announceSystem } from "../system.ts";
import { describeTrial } from "../trial.ts";
import { startHost } from "./start.ts";

/** The discard port, on which nothing answers. */
const nowhere = "http://127.0.0.1:9";

await runPart("host", async (folder, port, { allowOrigins, trial }) => {
  const [dynamodb, sqs, sesv2] = await Promise.all([
    findPart(folder, "data"),
    findPart(folder, "queues"),
    findPart(folder, "ses"),
  ]);
  const endpoints = { dynamodb, sqs, sesv2 };
  // Without the identity provider, everything but the desk works, and the desk says what is missing.
  const issuer = givenEndpoint("identity") ?? recallPart(folder, "identity")?.url ?? nowhere;
  const inbox = givenEndpoint("ses") === undefined ? sesv2 : null;
  const log = (line: string) => console.error(line);
  const host = await startHost({ port, folder, endpoints, issuer, allowOrigins, trial, allowSamples: true, log });
  announceSystem(folder, host, endpoints, inbox);
  const shortened = describeTrial(trial);
  if (shortened !== "") console.log(`Settings of a trial: ${shortened}`);
  host.startClock();
  return host;
});
