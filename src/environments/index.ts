import { dev } from "./dev";
import { prod } from "./prod";
import { staging } from "./staging";

/** Every environment of this repository. Each is synthesised on every run; `cdktf deploy 'dev-*'` chooses. */
export const environments = [dev, staging, prod];
