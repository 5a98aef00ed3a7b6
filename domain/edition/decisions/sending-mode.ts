import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import type { Decision } from "./decisions.ts";
import { lastChange } from "./undo.ts";

type Settings = Pick<NewsletterConfig, "mode" | "secondPerson">;

/**
 * How a draft goes out. With `secondPerson`, a draft that a person changed waits for someone else in mode auto too;
 * otherwise the schedule would put that change before readers without anyone's approval.
 */
export const sendingMode = ({ mode, secondPerson }: Settings, log: readonly Decision[]): NewsletterConfig["mode"] =>
  secondPerson && lastChange(log) !== undefined ? "approve" : mode;
