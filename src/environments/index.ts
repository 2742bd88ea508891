import { dev } from "./dev";
import { prod } from "./prod";
import { staging } from "./staging";

/** Every environment of this repository. Each is synthesised on every run; `npm run platform -- deploy dev` chooses. */
export const environments = [dev, staging, prod];
