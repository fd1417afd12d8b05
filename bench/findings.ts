/** What a part of the bench has found out. */
export interface Findings {
  /** Figures by name, as `--json` prints them. */
  figures: Record<string, number>;
  /** The same for people. */
  lines: string[];
  /** What was lost, doubled or early: the bench fails by these, and by nothing else. */
  violations: string[];
}
