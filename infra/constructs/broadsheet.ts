import { Annotations, CfnOutput } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { type IRuleTarget, Rule } from "aws-cdk-lib/aws-events";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { type ConfigInput, defineConfig } from "#domain/config.ts";
import type { CodeOf, Config, Deployment } from "../deployment.ts";
import { allowInvoke } from "../function.ts";
import { operatorTopic } from "../monitoring/alarm.ts";
import { makeSystem } from "../system.ts";
import { Newsletter } from "./newsletter.ts";

/** Props of a `Broadsheet` (docs/guides/constructs.md). */
export type BroadsheetProps = {
  /**
   * The content of a checkout's broadsheet.config.ts: the prefix of all resources' names, the operator, the website,
   * and newsletters. It is checked; every fault is thrown with its path.
   */
  config: Omit<ConfigInput, "newsletters"> & Partial<Pick<ConfigInput, "newsletters">>;
  /** Newsletters that are constructs, besides those in `config`. */
  newsletters?: readonly Newsletter[];
};

/** Settings that depend on where the construct is deployed from and to; other apps don't need them. */
export type Surroundings = Pick<Deployment, "emulator"> & {
  codeOf: CodeOf;
  /** Comma-separated origins from which feeds may be fetched although their address is private. */
  allowOrigins: string;
};

const noOperator =
  "The config names no operator: when an alarm goes off, no one hears of it. Set operator to an address that is read.";

/** A whole newsletter pipeline: sources, editions, delivery, the website, the desk and its alarms. */
export class Broadsheet extends Construct {
  /** The checked config with defaults. */
  readonly config: Config;
  /** The website's address, without a trailing slash. */
  readonly siteUrl: string;
  /** Subscribers, editions and articles. It is kept when the stack is destroyed. */
  readonly table: ITableV2;
  /** The function for all commands: `{"do":"send","newsletter":"daily"}` (docs/guides/commands.md). */
  readonly commandFunction: IFunction;
  /** The topic of alarms; undefined: the config has no operator. */
  readonly operatorTopic: ITopic | undefined;
  /** Newsletters by name, including those in `config`. */
  readonly newsletters: Readonly<Record<string, Newsletter>>;

  constructor(scope: Construct, id: string, props: BroadsheetProps, surroundings: Surroundings) {
    super(scope, id);
    this.config = checked(props, this.node.path);
    const operator = operatorTopic(this, this.config);
    if (operator === undefined) Annotations.of(this).addWarningV2("broadsheet:operator", noOperator);
    const { emulator, codeOf } = surroundings;
    const deployment = { config: this.config, codeOf: codeOf(this.config), emulator, operator };
    const { table, keys, siteUrl, command } = makeSystem(this, deployment, surroundings.allowOrigins);
    this.operatorTopic = operator;
    this.siteUrl = siteUrl;
    this.table = table;
    this.commandFunction = command;
    this.newsletters = this.bindNewsletters(props.newsletters ?? []);

    this.output("SiteUrl", siteUrl, "The website that mails link to");
    this.output("CommandFunction", command.functionName, "Invoked by the command line and by hand");
    this.output("TableName", table.tableName, "Stays when the stack is destroyed");
    this.output("KeysSecret", keys.id, "Stays when the stack is destroyed");
    this.outputNextSteps();
  }

  /** Allows `who` to run every command, including sending editions, and reading and erasing subscribers. */
  grantCommands(who: IGrantable): void {
    allowInvoke(who, this.commandFunction);
  }

  /**
   * Calls `target` when an edition of any newsletter is finished, with the event that docs/guides/notices.md describes.
   * @throws if the config doesn't have `notices: { eventBridge: true }`
   */
  onEditionFinished(id: string, target: IRuleTarget): Rule {
    return this.ruleForFinished(this, id, target, {});
  }

  private bindNewsletters(given: readonly Newsletter[]): Record<string, Newsletter> {
    const made = new Map(given.map((newsletter) => [newsletter.newsletterName, newsletter]));
    // In a separate scope, because a newsletter may have the name of one of the system's constructs.
    const own = new Construct(this, "newsletters");
    for (const [name, settings] of Object.entries(this.config.newsletters)) {
      const newsletter = made.get(name) ?? new Newsletter(own, name, settings);
      made.set(name, newsletter);
      newsletter.bind({
        siteUrl: this.siteUrl,
        onFinished: (from, id, target) => this.ruleForFinished(from, id, target, { detail: { newsletter: [name] } }),
      });
    }
    return Object.fromEntries(made);
  }

  private ruleForFinished(scope: Construct, id: string, target: IRuleTarget, pattern: { detail?: object }): Rule {
    if (!this.config.notices.eventBridge) {
      throw new Error(
        `${this.node.path} puts no events on the bus. Set notices: { eventBridge: true } in its config, then add the rule.`,
      );
    }
    const source = [`broadsheet.${this.config.name}`];
    return new Rule(scope, id, {
      eventPattern: { source, detailType: ["Edition Finished"], ...pattern },
      targets: [target],
    });
  }

  private outputNextSteps(): void {
    const { name, newsletters } = this.config;
    const [first] = Object.keys(newsletters);
    const command = "npx --no-install broadsheet";
    this.output("NextSource", `${command} source add FEED-URL --stack ${name}`, "Then: a first source");
    const test = `${command} edition test ${first} --to YOU@EXAMPLE.ORG --stack ${name}`;
    this.output("NextTest", test, "Then: a first mail, to yourself");
  }

  private output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}

function checked({ config, newsletters = [] }: BroadsheetProps, path: string): Config {
  const given = Object.fromEntries(newsletters.map(({ newsletterName, props }) => [newsletterName, props]));
  const twice = Object.keys(given).find((name) => Object.hasOwn(config.newsletters ?? {}, name));
  if (twice !== undefined || Object.keys(given).length < newsletters.length) {
    throw new Error(`${path}: two newsletters have the name ${twice ?? "of one another"}. Rename one of them.`);
  }
  return defineConfig({ ...config, newsletters: { ...config.newsletters, ...given } }, `The config of ${path}`);
}
