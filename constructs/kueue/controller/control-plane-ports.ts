/** Port of Kueue's admission webhooks: Kueue's own default, and the one that its chart's Service leads to. */
export const KUEUE_WEBHOOK_PORT = 9443;

/**
 * Port of the visibility server, an aggregated API that the chart always registers. While the API server cannot reach it,
 * discovery is incomplete: no namespace of the cluster can be deleted, and garbage collection suffers.
 */
const VISIBILITY_PORT = 8082;

/** Where the API server calls Kueue's pods. */
export const kueueControlPlanePorts: readonly number[] = [KUEUE_WEBHOOK_PORT, VISIBILITY_PORT];
