import type { Construct } from "constructs";
import { type BroadsheetProps, Broadsheet as BuiltFrom } from "../constructs/broadsheet.ts";
import { prebuiltCode } from "./prebuilt.ts";

export type { BroadsheetProps } from "../constructs/broadsheet.ts";
export { Newsletter, type NewsletterProps } from "../constructs/newsletter.ts";

/** A whole newsletter pipeline: sources, editions, delivery, the website, the desk and its alarms. */
export class Broadsheet extends BuiltFrom {
  constructor(scope: Construct, id: string, props: BroadsheetProps) {
    const context = (key: string): unknown => scope.node.tryGetContext(`broadsheet:${key}`);
    // Both are for trials in an AWS emulator, like the context of a checkout's app.
    const emulator = String(context("emulator")) === "true";
    super(scope, id, props, { emulator, allowOrigins: String(context("allowOrigins") ?? ""), codeOf: prebuiltCode });
  }
}
