/** `12,340`: a number as people read it on the desk, in commands and in messages. */
export const number = (n: number): string => n.toLocaleString("en-US");

/** `1 reader`, `2 readers`, `12,340 readers`. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;
