/** CDKTF formats a stack trace for each token that it makes: a third of a synthesis, for traces that nobody sees. */
export function withoutStackTraces<Result>(work: () => Result): Result {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = String;
  try {
    return work();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
