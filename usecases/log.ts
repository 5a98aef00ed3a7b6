/**
 * Where delivery says what a person may have to know. Never an address, a token or a secret: editions, batches and
 * attempts are named by their keys.
 */
export type Log = {
  info: (message: string, fields: Record<string, unknown>) => void;
  warn: (message: string, fields: Record<string, unknown>) => void;
  /** Somebody has to act: an alarm watches for these. */
  error: (message: string, fields: Record<string, unknown>) => void;
};
