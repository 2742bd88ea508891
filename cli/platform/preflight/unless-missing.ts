import { GoogleError } from "../google/client";

/** The answer; whether Google says that the thing is not there, or does not tell. */
export function unlessMissing<T>(answer: Promise<T>): Promise<T | "missing" | "untold"> {
  return answer.catch((error: unknown) => {
    if (!(error instanceof GoogleError)) throw error;
    return error.status === 404 ? "missing" : "untold";
  });
}
