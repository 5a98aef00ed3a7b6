const sentenceEnd = /[.!?…。？！؟]["'”’»)\]]*$/u;
/** Length of a standfirst in characters; shorter is a kicker, longer is a paragraph without its full stop. */
const STANDFIRST = { least: 30, most: 300 };

/** Whether a body begins with a standfirst: one short text without a full stop, before sentences that have one. */
export function startsWithStandfirst([first = "", second = ""]: readonly string[]): boolean {
  const { least, most } = STANDFIRST;
  const isShort = first.length >= least && first.length <= most;
  return isShort && !sentenceEnd.test(first) && sentenceEnd.test(second);
}
