/** Something that doctor found: what is wrong, why, and what fixes it. */
export type Diagnosis = {
  /** Stable, for programs. */
  readonly id: string;
  /** `fault`: something fails or will fail. `warning`: it works, and will surprise someone. */
  readonly level: "fault" | "warning";
  readonly what: string;
  readonly cause: string;
  readonly fix: string;
};

/** A finding from its three sentences. */
export const diagnosis = (
  level: Diagnosis["level"],
  id: string,
  [what, cause, fix]: readonly [what: string, cause: string, fix: string],
): Diagnosis => ({ id, level, what, cause, fix });
