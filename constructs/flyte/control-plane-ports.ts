/** Port of the pods of Flyte's webhook, in both charts: it gives secrets to the pods of tasks. */
export const FLYTE_WEBHOOK_PORT = 9443;

/** Where the API server calls Flyte's pods: nowhere, where the webhook is off. */
export function flyteControlPlanePorts(secretsWebhook: boolean): readonly number[] {
  return secretsWebhook ? [FLYTE_WEBHOOK_PORT] : [];
}
