import type { Result } from "../story/result";
import type { Expectation } from "./expectation";

export type That = Expectation["that"];
export type Of<Name extends That> = Extract<Expectation, { that: Name }>;

/** How an expectation is judged: its sentence, and what breaks it. */
export interface Check<Name extends That> {
  readonly sentence: (expectation: Of<Name>) => string;
  readonly broken: (result: Result, expectation: Of<Name>) => string[];
}
