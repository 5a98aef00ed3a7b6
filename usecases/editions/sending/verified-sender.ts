import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";

export type SenderPorts = {
  /** Whether SES would send from this address. */
  senderVerified: (address: string) => Promise<boolean>;
};

/**
 * Whether SES has verified a newsletter's sender. If SES doesn't answer, sending is allowed: SES refuses it itself, and
 * the edition is then held with the reason.
 */
export async function requireVerifiedSender(
  ports: SenderPorts,
  newsletter: string,
  { address }: NewsletterConfig["from"],
): Promise<Outcome<true>> {
  const verified = await ports.senderVerified(address).catch(() => true);
  return verified ? done(true) : fault("sender-unverified", unverified(newsletter, address));
}

const unverified = (newsletter: string, address: string) =>
  `SES can't send from ${address}, the sender of ${newsletter}: neither the address nor its domain is verified. Nothing ` +
  `was sent. Verify it: aws sesv2 create-email-identity --email-identity ${address}, and open the link SES mails to ` +
  `it; or verify the domain ${address.split("@")[1]} by the DNS records that the deployment prints.`;
