import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubeApi } from "../api/client";
import type { KubeObject } from "../api/objects";
import type { Tools } from "../tools/build";

interface Webhook {
  readonly name: string;
  readonly clientConfig: { readonly service: { readonly path: string } };
  readonly rules: readonly { readonly resources: readonly string[] }[];
}

interface WebhookConfiguration extends KubeObject {
  readonly webhooks: readonly Webhook[];
}

/** What Kueue's chart guards with the namespace selector of Kueue's configuration. */
const jobs = /^[mv](?!clusterqueue|cohort|localqueue|resourceflavor|workload|admissioncheck)/;

/** Kueue's webhooks as its module has them, called by URL: there is no proxy that a Service would need. */
export async function installWebhooks(
  api: KubeApi,
  { sources }: Tools,
  port: number,
  ca: string,
  namespaceSelector: unknown,
): Promise<void> {
  const text = readFileSync(join(sources.kueue, "config/components/webhook/manifests.yaml"), "utf8");
  for (const document of parseAllDocuments(text)) {
    const configuration = document.toJS() as WebhookConfiguration;
    await api.create(byUrl(configuration, port, ca, namespaceSelector));
  }
}

export function byUrl(
  configuration: WebhookConfiguration,
  port: number,
  ca: string,
  namespaceSelector: unknown,
): KubeObject {
  const caBundle = Buffer.from(ca).toString("base64");
  const webhooks = configuration.webhooks.map((webhook) => ({
    ...webhook,
    clientConfig: { url: `https://127.0.0.1:${port}${webhook.clientConfig.service.path}`, caBundle },
    ...(jobs.test(webhook.name) && { namespaceSelector }),
  }));
  return {
    ...configuration,
    metadata: { ...configuration.metadata, name: `kueue-${configuration.metadata.name}` },
    webhooks,
  } as KubeObject;
}
