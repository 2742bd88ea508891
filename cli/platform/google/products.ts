/**
 * Google's APIs that the commands ask.
 *
 * The environment variables are those by which Terraform's backend and provider find the same API, so that a command
 * looks where Terraform looks: at a private endpoint, or at a stand-in on loopback.
 */
export const products = {
  storage: {
    url: "https://storage.googleapis.com/storage/v1/",
    variables: ["GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT", "GOOGLE_STORAGE_CUSTOM_ENDPOINT"],
  },
  resourceManager: {
    url: "https://cloudresourcemanager.googleapis.com/v3/",
    variables: ["GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT"],
  },
  // Policies of the organisation are in the first version only, where they need no API more.
  resourceManagerV1: {
    url: "https://cloudresourcemanager.googleapis.com/v1/",
    variables: ["GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT"],
  },
  serviceUsage: {
    url: "https://serviceusage.googleapis.com/v1/",
    variables: ["GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT"],
  },
  // The quotas of a service are in the beta only.
  serviceUsageBeta: {
    url: "https://serviceusage.googleapis.com/v1beta1/",
    variables: ["GOOGLE_SERVICE_USAGE_BETA_CUSTOM_ENDPOINT"],
  },
  compute: {
    url: "https://compute.googleapis.com/compute/v1/",
    variables: ["GOOGLE_COMPUTE_CUSTOM_ENDPOINT"],
  },
  container: {
    url: "https://container.googleapis.com/v1/",
    variables: ["GOOGLE_CONTAINER_CUSTOM_ENDPOINT"],
  },
  sql: { url: "https://sqladmin.googleapis.com/sql/v1beta4/", variables: ["GOOGLE_SQL_CUSTOM_ENDPOINT"] },
  billing: {
    url: "https://cloudbilling.googleapis.com/v1/",
    variables: ["GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT"],
  },
  dns: { url: "https://dns.googleapis.com/dns/v1/", variables: ["GOOGLE_DNS_CUSTOM_ENDPOINT"] },
  // The provider's own variable stands for an address that has no version.
  monitoring: {
    url: "https://monitoring.googleapis.com/",
    variables: ["GOOGLE_MONITORING_CUSTOM_ENDPOINT"],
  },
  secretManager: {
    url: "https://secretmanager.googleapis.com/v1/",
    variables: ["GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT"],
  },
  iam: { url: "https://iam.googleapis.com/v1/", variables: ["GOOGLE_IAM_CUSTOM_ENDPOINT"] },
} as const;

export type Product = keyof typeof products;

/** Where a product answers, with a slash at its end. */
export function endpoint(product: Product, env: Readonly<Record<string, string | undefined>>): string {
  const { url, variables } = products[product];
  const own = variables.map((name) => env[name]).find((value) => value);
  return own ? own.replace(/\/?$/, "/") : url;
}
