import { podTemplateFiles } from "./pod-templates";

/**
 * Flyte's `spark-config-default`: what every Spark task starts from.
 *
 * Kueue takes a pod that another pod made for a part of that one's workload, and lets it run uncounted. The two marks have
 * each executor wait as a workload of its own.
 */
export const sparkDefaults: Readonly<Record<string, string>> = {
  "spark.kubernetes.executor.label.kueue.x-k8s.io/managed": "true",
  "spark.kubernetes.executor.annotation.kueue.x-k8s.io/pod-suspending-parent": "spark-driver",
  ...podTemplateFiles,
  // For an image with Google's connector; without it they name classes that nobody asks for.
  "spark.hadoop.fs.gs.impl": "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem",
  "spark.hadoop.fs.AbstractFileSystem.gs.impl": "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS",
  "spark.hadoop.fs.gs.auth.type": "APPLICATION_DEFAULT",
};

/** Keys below `spark.kubernetes.` that an author may set, or the beginning of several. The others shape the pod. */
export const authorsKeys: readonly string[] = [
  "spark.kubernetes.allocation.",
  "spark.kubernetes.driver.limit.cores",
  "spark.kubernetes.driver.request.cores",
  "spark.kubernetes.driverEnv.",
  "spark.kubernetes.executor.limit.cores",
  "spark.kubernetes.executor.podNamePrefix",
  "spark.kubernetes.executor.request.cores",
  "spark.kubernetes.local.dirs.tmpfs",
  "spark.kubernetes.memoryOverheadFactor",
];

/**
 * Keys, or their beginnings, that `spark-submit` obeys in the operator's pod, with the operator's rights: what it downloads,
 * loads, uploads and where it makes pods. A task's libraries are in its image.
 */
export const operatorsKeys: readonly string[] = [
  "spark.archives",
  "spark.files",
  "spark.hadoop.hadoop.security.",
  "spark.jars",
  "spark.kerberos.",
  "spark.master",
  "spark.security.",
  "spark.submit.",
];
