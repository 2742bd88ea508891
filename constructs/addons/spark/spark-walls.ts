import { TASKS } from "../../kueue/names";
import { QUEUE_LABEL } from "../../kueue/objects/local-queues";
import { type AdmissionPolicy, cel, created } from "../../policies/admission-policy";
import { gated, label, operators, queue, who } from "../../policies/pod-expressions";
import { whichJob } from "../../policies/walls/job-walls";
import { DRIVER_ACCOUNT, DRIVER_LABELS, SPARK_APPLICATIONS, SPARK_GROUP } from "./names";
import { authorsKeys, operatorsKeys, sparkDefaults } from "./spark-config";

const ROLE = "spark-role";

/**
 * Each of Spark's pods is a workload of its own, which its gate shows: Kueue's webhook has put it there, and nobody else
 * takes it away. Only such pods have the account that makes pods, and only drivers the label that opens the way to the API
 * server.
 */
export const sparkPodWall: AdmissionPolicy = {
  name: "wall-spark-pods",
  judges: [created],
  variables: {
    ofJob: `${operators}.exists(o, o.kind == "SparkApplication" && o.apiVersion.startsWith("${SPARK_GROUP}/"))`,
    ofDriver: `${operators}.exists(o, o.kind == "Pod" && o.apiVersion == "v1")`,
    queue,
    role: label(ROLE),
  },
  validations: [
    {
      expression: `!(variables.ofJob || variables.ofDriver) || (${gated("object")} && variables.queue == ${cel(TASKS)})`,
      messageExpression: `${who} + ${cel(` must wait for its quota by itself, in the queue ${TASKS}: leave spark.kubernetes.executor.label, spark.kubernetes.executor.annotation and the label ${QUEUE_LABEL} as the platform sets them`)}`,
    },
    {
      expression: `!has(object.spec.serviceAccountName) || object.spec.serviceAccountName != ${cel(DRIVER_ACCOUNT)} || variables.ofJob || variables.ofDriver`,
      messageExpression: `${who} + ${cel(` must not run as the service account ${DRIVER_ACCOUNT}, which is of Spark's pods; leave the service account out`)}`,
    },
    {
      expression: `variables.role != ${cel(DRIVER_LABELS[ROLE])} || variables.ofJob`,
      messageExpression: `${who} + ${cel(` must not have the label ${ROLE}: ${DRIVER_LABELS[ROLE]}, which is of Spark's drivers; leave it out`)}`,
    },
  ],
};

const begins = (key: string, beginnings: readonly string[]) =>
  `${cel(beginnings)}.exists(b, ${key}.startsWith(b))`;
const dependencies = ["archives", "excludePackages", "files", "jars", "packages", "pyFiles", "repositories"];
const inTasks = (role: string) =>
  `has(object.spec.${role}.labels) && ${cel(QUEUE_LABEL)} in object.spec.${role}.labels && object.spec.${role}.labels[${cel(QUEUE_LABEL)}] == ${cel(TASKS)}`;

/** What the operator does for a tenant it does with its own rights, in all tenants' namespaces. */
export const sparkJobWall: AdmissionPolicy = {
  name: "wall-spark-jobs",
  judges: [
    {
      apiGroups: [SPARK_GROUP],
      apiVersions: ["*"],
      operations: ["CREATE", "UPDATE"],
      resources: [SPARK_APPLICATIONS],
    },
  ],
  variables: {
    conf: "has(object.spec.sparkConf) ? object.spec.sparkConf : {}",
    hadoop: "has(object.spec.hadoopConf) ? object.spec.hadoopConf : {}",
    platforms: JSON.stringify(sparkDefaults),
    foreign: [
      `variables.conf.map(k, k).filter(k, k in variables.platforms ? variables.conf[k] != variables.platforms[k] : k.startsWith("spark.kubernetes.") ? !${begins("k", authorsKeys)} : ${begins("k", operatorsKeys)})`,
      'variables.hadoop.map(k, k).filter(k, k.startsWith("hadoop.security."))',
      `(has(object.spec.deps) && (${dependencies.map((key) => `has(object.spec.deps.${key})`).join(" || ")}) ? ["deps"] : [])`,
    ].join(" + "),
  },
  validations: [
    {
      expression: "variables.foreign.size() == 0",
      messageExpression: `${whichJob} + " must not set " + variables.foreign.join(", ") + ${cel("; Spark's pods are the platform's to make: sizes are spark.driver.* and spark.executor.*, libraries belong into the task's image")}`,
    },
    {
      // What stands behind the other arguments of spark-submit: another beginning would be one more option of it.
      expression:
        'has(object.spec.mainApplicationFile) && object.spec.mainApplicationFile.startsWith("local://")',
      messageExpression: `${whichJob} + ${cel(' must start from a file of its image: applications_path="local:///…", or leave it out')}`,
    },
    {
      expression: `${inTasks("driver")} && ${inTasks("executor")}`,
      messageExpression: `${whichJob} + ${cel(` must have its pods in the queue ${TASKS}: Spark has no GPUs here; leave pod_template_name and the label ${QUEUE_LABEL} out`)}`,
    },
  ],
};
