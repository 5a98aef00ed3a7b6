import * as z from "zod";
import { json, type Reply } from "../http.ts";
import { bareAddress } from "../mail/message.ts";
import type { Simulator } from "../simulator.ts";
import { isVerified, SuppressionReason } from "../state/account.ts";
import { alreadyExists, badRequest, notFound } from "./errors.ts";
import { read } from "./requests.ts";

/** What an operation gets: the labels of its path, its query and its body. */
type Call = { labels: readonly string[]; query: URLSearchParams; body: unknown };
export type Operation = (ses: Simulator, call: Call) => Reply;

const label = (call: Call) => call.labels[0] ?? "";

export const getAccount: Operation = (ses) => {
  const { account } = ses;
  return json(200, {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: account.enforcement,
    ProductionAccessEnabled: !account.sandbox,
    SendingEnabled: account.sending,
    SendQuota: {
      Max24HourSend: account.quota < 0 ? -1 : account.quota,
      MaxSendRate: account.rate,
      SentLast24Hours: ses.pace.last24Hours(ses.now()),
    },
    PricingAttributes: { CurrentPlan: account.plan },
    SuppressionAttributes: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
  });
};

const SendingAttributes = z.looseObject({ SendingEnabled: z.boolean().default(false) });
export const putSendingAttributes: Operation = (ses, { body }) => {
  ses.account.sending = read(SendingAttributes, body).SendingEnabled;
  return json(200, {});
};

const identityType = (name: string) => (name.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN");

const IdentityRequest = z.looseObject({ EmailIdentity: z.string().min(1) });
export const createIdentity: Operation = (ses, { body }) => {
  const name = read(IdentityRequest, body).EmailIdentity.toLowerCase();
  if (Object.hasOwn(ses.lists.read().identities, name)) throw alreadyExists(`Email identity ${name} already exists.`);
  ses.lists.change(({ identities }) => {
    identities[name] = ses.account.verifyAll;
  });
  return json(200, { IdentityType: identityType(name), VerifiedForSendingStatus: ses.account.verifyAll });
};

export const getIdentity: Operation = (ses, call) => {
  const name = label(call).toLowerCase();
  const { identities } = ses.lists.read();
  const known = Object.hasOwn(identities, name);
  if (!known && !ses.account.verifyAll) throw notFound(`Email identity ${name} does not exist.`);
  const verified = ses.account.verifyAll || isVerified(identities, name);
  return json(200, {
    IdentityType: identityType(name),
    FeedbackForwardingStatus: true,
    VerifiedForSendingStatus: verified,
    VerificationStatus: verified ? "SUCCESS" : "PENDING",
    DkimAttributes: { SigningEnabled: verified, Status: verified ? "SUCCESS" : "PENDING", Tokens: [] },
    Policies: {},
    Tags: [],
  });
};

export const deleteIdentity: Operation = (ses, call) => {
  const name = label(call).toLowerCase();
  if (!Object.hasOwn(ses.lists.read().identities, name)) throw notFound(`Email identity ${name} does not exist.`);
  ses.lists.change(({ identities }) => {
    delete identities[name];
  });
  return json(200, {});
};

export const listIdentities: Operation = (ses) =>
  json(200, {
    EmailIdentities: Object.entries(ses.lists.read().identities).map(([name, verified]) => ({
      IdentityType: identityType(name),
      IdentityName: name,
      SendingEnabled: verified,
      VerificationStatus: verified ? "SUCCESS" : "PENDING",
    })),
  });

const SetRequest = z.looseObject({
  ConfigurationSetName: z.string().regex(/^[\w-]{1,64}$/, "letters, digits, _ and -"),
});
export const createSet: Operation = (ses, { body }) => {
  const name = read(SetRequest, body).ConfigurationSetName;
  if (ses.lists.read().configurationSets.includes(name))
    throw alreadyExists(`Configuration set <${name}> already exists.`);
  ses.lists.change(({ configurationSets }) => {
    configurationSets.push(name);
  });
  return json(200, {});
};

const knownSet = (ses: Simulator, name: string) => {
  if (!ses.account.verifyAll && !ses.lists.read().configurationSets.includes(name))
    throw notFound(`Configuration set <${name}> does not exist.`);
};

export const getSet: Operation = (ses, call) => {
  knownSet(ses, label(call));
  return json(200, {
    ConfigurationSetName: label(call),
    SendingOptions: { SendingEnabled: true },
    ReputationOptions: { ReputationMetricsEnabled: false },
    Tags: [],
  });
};

export const deleteSet: Operation = (ses, call) => {
  knownSet(ses, label(call));
  ses.lists.change((lists) => {
    lists.configurationSets = lists.configurationSets.filter((name) => name !== label(call));
  });
  return json(200, {});
};

export const listSets: Operation = (ses) => json(200, { ConfigurationSets: ses.lists.read().configurationSets });

const Suppress = z.looseObject({ EmailAddress: z.string().min(3), Reason: SuppressionReason });
export const suppress: Operation = (ses, { body }) => {
  const { EmailAddress, Reason } = read(Suppress, body);
  ses.lists.change(({ suppressed }) => {
    suppressed[bareAddress(EmailAddress).toLowerCase()] = { reason: Reason, at: ses.now() };
  });
  return json(200, {});
};

function suppressed(ses: Simulator, address: string) {
  const found = ses.lists.read().suppressed[address.toLowerCase()];
  if (!found) throw notFound(`Email address ${address} does not exist on your suppression list.`);
  return { EmailAddress: address.toLowerCase(), Reason: found.reason, LastUpdateTime: found.at / 1000 };
}

export const getSuppressed: Operation = (ses, call) =>
  json(200, { SuppressedDestination: suppressed(ses, label(call)) });

export const unsuppress: Operation = (ses, call) => {
  const { EmailAddress } = suppressed(ses, label(call));
  ses.lists.change((lists) => {
    delete lists.suppressed[EmailAddress];
  });
  return json(200, {});
};

/** In the order of addresses; NextToken is the last one given. PageSize is at most 1,000, as in SES. */
export const listSuppressed: Operation = (ses, { query }) => {
  const size = Number(query.get("PageSize") ?? 1000);
  if (!(size >= 1 && size <= 1000)) throw badRequest("PageSize: 1 to 1000");
  const after = query.get("NextToken") ?? "";
  const reasons = query.getAll("Reason");
  const wanted = Object.entries(ses.lists.read().suppressed)
    .filter(([address, { reason }]) => address > after && (reasons.length === 0 || reasons.includes(reason)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const page = wanted.slice(0, size);
  return json(200, {
    SuppressedDestinationSummaries: page.map(([EmailAddress, { reason, at }]) => ({
      EmailAddress,
      Reason: reason,
      LastUpdateTime: at / 1000,
    })),
    ...(wanted.length > size ? { NextToken: page.at(-1)?.[0] } : {}),
  });
};
