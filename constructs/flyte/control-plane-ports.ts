/** Port of the pods of Flyte's webhook, in both charts: it gives secrets to the pods of tasks. */
export const FLYTE_WEBHOOK_PORT = 9443;

/** Where the API server calls Flyte's pods. */
export const flyteControlPlanePorts: readonly number[] = [FLYTE_WEBHOOK_PORT];
