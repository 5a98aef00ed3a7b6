import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import * as z from "zod";
import { config } from "#broadsheet.config.ts";
import { connect } from "#cli/client.ts";
import { startSes } from "#local/ses/start.ts";
import { bootstrap, shellFor } from "./deployment.ts";
import { freePort, startEmulator, until } from "./emulator.ts";

export const newsletter = "daily";
/** Few enough that no first readers are waited for. */
export const READERS = 480;
/** Recipients a second: an edition takes about twenty seconds. */
const RATE = 24;
export const readers = Array.from({ length: READERS }, (_, n) => `reader${n}@example.org`);

const Letter = z.object({ to: z.string(), subject: z.string(), headers: z.record(z.string(), z.string()) });
export type Letter = z.infer<typeof Letter>;

export type SlowEdition = Awaited<ReturnType<typeof openSlowEdition>>;

/** The emulator and an SES that is slow enough to change a deployment while an edition goes out; nothing is deployed yet. */
export async function openSlowEdition(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const port = await freePort();
  const events = { eventBridgeEndpoint: `http://127.0.0.1:${port}` };
  const ses = await startSes({ port: 0, account: { rate: RATE }, events });
  const emulator = await startEmulator(port, { AWS_ENDPOINT_URL_SESV2: ses.url });
  const shell = shellFor(emulator.url);
  Object.assign(process.env, shell);
  const ask = connect({ data: "", stack: config.name });
  await bootstrap(shell, folder);

  const edition = async (date: string | undefined) => (await ask("show", { newsletter, date })).edition;
  type Edition = Awaited<ReturnType<typeof edition>>;

  return {
    ...{ folder, ses, emulator, shell, ask, edition },

    async addReaders(): Promise<void> {
      expect(await ask("subscriber add", { newsletter, addresses: readers })).toMatchObject({ added: READERS });
    },

    /** Until some readers have it. */
    async startSending(date: string | undefined): Promise<void> {
      await ask("draft", { newsletter, date, text: digest });
      await ask("send", { newsletter, date });
      await until(async () => (await edition(date)).counts.accepted > 40);
    },

    /** Waits until it is so of an edition, and says else how far it came. */
    async waitFor(date: string | undefined, isSo: (edition: Edition) => boolean, seconds: number): Promise<Edition> {
      let last: unknown;
      return until(
        async () => {
          const found = await edition(date);
          last = { state: found.state, reason: found.reason, counts: found.counts };
          return isSo(found) ? found : undefined;
        },
        undefined,
        seconds,
      ).catch((cause: unknown) => {
        throw new Error(`${JSON.stringify(last)}\n${emulator.log()}`, { cause });
      });
    },

    /** What readers got, without mail to editors. */
    async letters(): Promise<Letter[]> {
      const answer = await fetch(`${ses.inboxUrl}/messages`);
      const all = z.array(Letter).parse(await answer.json());
      return all.filter(({ to }) => to.startsWith("reader"));
    },

    clearLetters: () => fetch(`${ses.inboxUrl}/messages`, { method: "DELETE" }),

    async close(): Promise<void> {
      for (const variable of Object.keys(shell)) delete process.env[variable];
      await Promise.all([emulator.stop(), ses.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const digest = `The ferry to the northern islands runs again on Friday, after nine winters.
The boat has 140 berths. Fares are frozen until the spring.

Bakers ask the city to count bread, not loaves
Rail union and operator agree on a four-day trial
Flooded archive dries 40,000 pages in a borrowed freezer
`;
