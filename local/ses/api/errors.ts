import { json, type Reply } from "../http.ts";

/** An answer of SES that is not a success: HTTP status, the shape's name and its message. */
export class SesError extends Error {
  override readonly name = "SesError";
  readonly status: number;
  readonly type: string;
  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

export const badRequest = (message: string) => new SesError(400, "BadRequestException", message);
export const notFound = (message: string) => new SesError(404, "NotFoundException", message);
export const alreadyExists = (message: string) => new SesError(400, "AlreadyExistsException", message);
export const rateExceeded = () => new SesError(429, "TooManyRequestsException", "Maximum sending rate exceeded.");
export const quotaExceeded = () => new SesError(429, "TooManyRequestsException", "Daily message quota exceeded.");
export const sendingPaused = () =>
  new SesError(400, "SendingPausedException", "Email sending is disabled for this account.");
export const suspended = () =>
  new SesError(
    400,
    "AccountSuspendedException",
    "The account's ability to send email has been permanently restricted.",
  );

/** SES's own sentence: the region in capitals, then the identities that failed. */
export const unverified = (region: string, identities: readonly string[]) =>
  new SesError(400, "MessageRejected", unverifiedText(region, identities));
export const unverifiedText = (region: string, identities: readonly string[]) =>
  `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${identities.join(", ")}`;

/** restJson1 names an error in the header; the SDK makes its exception class from it. */
export const errorReply = (error: SesError): Reply =>
  json(error.status, { message: error.message }, { "x-amzn-errortype": error.type });
