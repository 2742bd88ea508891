/**
 * CDKTF records the stack at which each token is made: a third of a synthesis, for traces that nobody sees.
 * Errors keep theirs.
 */
export function withoutStackTraces<Result>(work: () => Result): Result {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
