import { cleanField } from "#domain/article/text.ts";

/** Text of an editor as one line, cleaned as a feed's is; no-break, narrow and thin spaces stay. */
export const oneLine = (text: string): string => cleanField(text);
