import { cleanField } from "#domain/article/text.ts";

/** An editor's text as one line, cleaned like a feed's; no-break, narrow and thin spaces are kept. */
export const oneLine = (text: string): string => cleanField(text);
