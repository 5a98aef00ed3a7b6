import type { IRuleTarget, Rule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import type { ConfigInput } from "#domain/config.ts";
import { sitePaths } from "#functions/site/contract.ts";

/** Props of a newsletter: title, sender, time, editors and the other fields of its config. */
export type NewsletterProps = ConfigInput["newsletters"][string];

/** The parts of the system that a newsletter needs. */
type System = {
  siteUrl: string;
  onFinished: (scope: Construct, id: string, target: IRuleTarget) => Rule;
};

/** One newsletter of a `Broadsheet`: give it in `newsletters`. Its id is its name: lower-case letters, digits, hyphens. */
export class Newsletter extends Construct {
  /** Its name in commands, addresses and data. Don't change it later, because subscribers are stored under it. */
  readonly newsletterName: string;
  readonly props: NewsletterProps;
  private system: System | undefined;

  constructor(scope: Construct, id: string, props: NewsletterProps) {
    super(scope, id);
    this.newsletterName = id;
    this.props = props;
    this.node.addValidation({
      validate: () => (this.system === undefined ? [`Nothing sends ${this.node.path}: ${give}.`] : []),
    });
  }

  /** The page of past editions. */
  get archiveUrl(): string {
    return `${this.sentBy().siteUrl}${sitePaths.archive(this.newsletterName)}`;
  }

  /** The page on which readers subscribe. */
  get subscribeUrl(): string {
    return `${this.sentBy().siteUrl}${sitePaths.subscribe(this.newsletterName)}`;
  }

  /**
   * Calls `target` when an edition of this newsletter is finished (docs/guides/notices.md).
   * @throws if the config doesn't have `notices: { eventBridge: true }`
   */
  onEditionFinished(id: string, target: IRuleTarget): Rule {
    return this.sentBy().onFinished(this, id, target);
  }

  /** Called by the `Broadsheet` that sends it. */
  bind(system: System): void {
    if (this.system !== undefined) throw new Error(`${this.node.path} is sent already: ${give} of one of them.`);
    this.system = system;
  }

  private sentBy(): System {
    if (this.system === undefined) throw new Error(`Nothing sends ${this.node.path} yet: first ${give}.`);
    return this.system;
  }
}

const give = "give it to a Broadsheet, in newsletters";
