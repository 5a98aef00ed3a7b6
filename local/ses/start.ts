import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createCourier } from "./events/courier.ts";
import { openReceive } from "./events/receipt.ts";
import { type EventDestination, openSink } from "./events/sinks.ts";
import { createLive } from "./inbox/live.ts";
import { createShelf, reached } from "./inbox/shelf.ts";
import { openStore } from "./mail/store.ts";
import { createSesServer } from "./server.ts";
import type { Simulator } from "./simulator.ts";
import { type Account, openLists } from "./state/account.ts";
import { createCalls } from "./state/calls.ts";
import { createFaults } from "./state/faults.ts";
import { createPace } from "./state/pace.ts";

export type SesOptions = {
  /** 0 takes a free port. */
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The system's data folder; mail is kept in its folder `ses`. Without it, in memory only. */
  dataDir?: string | undefined;
  /** Default: 500 recipients a second, 1,000,000 in 24 hours, out of the sandbox, us-east-1. */
  account?: Partial<Account>;
  /** Default true: every sender counts as verified and every configuration set exists. */
  verifyAll?: boolean;
  /** From 0 up to 1, for random faults. Default: Math.random. */
  random?: () => number;
  /** Where events of messages with a configuration set go. Default: nowhere. */
  events?: EventDestination | undefined;
  /** The queue for received mail. Default: none is received. */
  received?: { queueUrl: string; endpoint: string } | undefined;
};

export type RunningSes = {
  /** The endpoint for an SESv2 client. */
  url: string;
  /** The inbox, without a slash at the end. */
  inboxUrl: string;
  port: number;
  /** Delivers waiting events for at most a second, ends open connections, closes the log. */
  close: () => Promise<void>;
};

const production: Account = {
  rate: 500,
  quota: 1_000_000,
  burstSeconds: 1.2,
  plan: "ESSENTIALS",
  sandbox: false,
  sending: true,
  enforcement: "HEALTHY",
  verifyAll: true,
  region: "us-east-1",
  id: "000000000000",
};

/**
 * Starts the SES simulator and its inbox.
 * @throws OtherVersion for a data folder of another version; the system's error (EADDRINUSE) when the port is taken.
 */
export async function startSes(options: SesOptions): Promise<RunningSes> {
  const folder = options.dataDir === undefined ? undefined : join(options.dataDir, "ses");
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const account = { ...production, verifyAll: options.verifyAll ?? true, ...options.account };
  const sink = openSink(options.events, account.region);
  const receive = openReceive(options.received, account.region);
  const store = openStore(folder);
  const shelf = createShelf(store.all());
  const live = createLive();
  const random = options.random ?? Math.random;
  const ses: Simulator = {
    account,
    lists: openLists(folder),
    pace: createPace(),
    faults: createFaults(random),
    calls: createCalls(),
    store,
    courier: createCourier(sink, options.events?.types),
    receive,
    arrived(messages) {
      shelf.add(messages);
      live.announce({ added: messages.filter(reached).length, total: shelf.count() });
    },
    now: () => Date.now(),
    random,
  };
  countPast(ses);
  const server = createSesServer(ses, shelf, live);
  const host = options.host ?? "127.0.0.1";
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      live.close();
      store.close();
      reject(error);
    });
    server.listen(options.port, host, () => resolve());
  });
  const { port } = addressOf(server.address());
  const url = `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${port}`;
  const close = async () => {
    live.close();
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await ses.courier.close();
    server.closeAllConnections();
    await ended;
    sink?.close();
    receive?.close();
    store.close();
  };
  return { url, inboxUrl: url, port, close };
}

/** The quota survives restarts: earlier sends still count. */
function countPast(ses: Simulator): void {
  const since = ses.now() - 24 * 60 * 60 * 1000;
  for (const { call, entry } of ses.store.all())
    if (call.at > since) ses.pace.count(entry.to.length + entry.cc.length + entry.bcc.length, call.at);
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return address;
}
