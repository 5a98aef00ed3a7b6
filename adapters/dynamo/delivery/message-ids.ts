/** The stored form of SES's message ids in a batch: 27 bytes each, or 18 if a call's ids share the rest. */

const WHOLE_BYTES = 27;
/** Within a call, region and most of the time are the same: 6 bytes before, and 3 after the differing part. */
const HEAD_BYTES = 6;
const TAIL_BYTES = 3;
const OWN_BYTES = WHOLE_BYTES - HEAD_BYTES - TAIL_BYTES;
/** Marks the shared part; with it, the length is never a multiple of 9, as it is for whole ids. */
const COMMON = 1;
const COMMON_BYTES = 1 + HEAD_BYTES + TAIL_BYTES;

/** `8 bytes-uuid-6 digits`, as SES makes them: 27 bytes instead of 60. */
const sesMessageId = /^([0-9a-f]{16})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{6})$/;

function toBytes(id: string): Buffer | undefined {
  const parts = sesMessageId.exec(id);
  if (!parts) return id === "" ? Buffer.alloc(WHOLE_BYTES) : undefined;
  const tail = Number(parts[3]).toString(16).padStart(6, "0");
  return Buffer.from(`${parts[1]}${parts[2]?.replaceAll("-", "")}${tail}`, "hex");
}

function fromBytes(bytes: Uint8Array): string {
  if (isEmpty(bytes)) return "";
  const hex = Buffer.from(bytes).toString("hex");
  const uuid = [hex.slice(16, 24), hex.slice(24, 28), hex.slice(28, 32), hex.slice(32, 36), hex.slice(36, 48)];
  return `${hex.slice(0, 16)}-${uuid.join("-")}-${String(Number.parseInt(hex.slice(48), 16)).padStart(6, "0")}`;
}

const isEmpty = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);
const headOf = (bytes: Buffer) => bytes.subarray(0, HEAD_BYTES);
const tailOf = (bytes: Buffer) => bytes.subarray(WHOLE_BYTES - TAIL_BYTES);
const ownOf = (bytes: Buffer) => bytes.subarray(HEAD_BYTES, WHOLE_BYTES - TAIL_BYTES);

/** Packed if all have SES's form, otherwise as texts. "": unknown. */
export function packMessageIds(ids: readonly string[]): Uint8Array | readonly string[] {
  const whole = ids.map(toBytes).filter((bytes) => bytes !== undefined);
  if (ids.length === 0 || whole.length < ids.length) return ids;
  const known = whole.filter((bytes) => !isEmpty(bytes));
  const [one] = known;
  const haveCommon =
    one !== undefined &&
    known.every(
      (bytes) => headOf(bytes).equals(headOf(one)) && tailOf(bytes).equals(tailOf(one)) && !isEmpty(ownOf(bytes)),
    );
  if (!haveCommon) return Buffer.concat(whole);
  return Buffer.concat([Buffer.from([COMMON]), headOf(one), tailOf(one), ...whole.map(ownOf)]);
}

export function unpackMessageIds(bytes: Uint8Array): string[] {
  if (bytes.length % WHOLE_BYTES === 0) return slices(bytes, WHOLE_BYTES).map(fromBytes);
  const head = bytes.subarray(1, 1 + HEAD_BYTES);
  const tail = bytes.subarray(1 + HEAD_BYTES, COMMON_BYTES);
  return slices(bytes.subarray(COMMON_BYTES), OWN_BYTES).map((own) =>
    isEmpty(own) ? "" : fromBytes(Buffer.concat([head, own, tail])),
  );
}

export function slices(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
