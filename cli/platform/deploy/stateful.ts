/** What is gone for good when one of these is destroyed or replaced, by Terraform type. */
export const stateful: Readonly<Record<string, string>> = {
  google_artifact_registry_repository: "its images",
  google_container_cluster: "every running task, every volume and every queue",
  google_filestore_instance: "the files on it",
  google_gke_backup_backup_plan: "the way to its backups",
  google_kms_crypto_key: "everything that it encrypts",
  google_kms_key_ring: "everything that its keys encrypt",
  google_compute_network: "the way to cluster and database",
  google_compute_subnetwork: "the way to cluster and database",
  google_secret_manager_secret: "the password in it",
  google_service_networking_connection: "the way to the database",
  google_sql_database: "its rows: Flyte's history",
  google_sql_database_instance: "its databases and, after their retention, its backups",
  google_storage_bucket: "its objects",
};
