/** How long things may take, in milliseconds. Everything that waits for somebody else has a limit. */
export interface Limits {
  /** One answer from Google, retries included. */
  readonly request: number;
  /** For a lock that somebody else holds. */
  readonly lock: number;
  /** Terraform without a sign of life, before it is asked to stop. */
  readonly quiet: number;
  /** From asking a silent Terraform that only reads to stop, until it is killed. */
  readonly stopping: number;
  /** The same for one that changes things: it has a state to save. */
  readonly saving: number;
  /** Writing a state that could not be written at the end of a run. */
  readonly stateRescue: number;
}

export const limits: Limits = {
  request: 10_000,
  lock: 0,
  quiet: 300_000,
  stopping: 5_000,
  saving: 60_000,
  stateRescue: 60_000,
};
