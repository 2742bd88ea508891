/** Namespace of the operator, its Helm release, and what its chart calls its objects. */
export const OPERATOR = "spark-operator";

/** Service account of the controller, which starts drivers: the chart's own name for it. */
export const CONTROLLER = `${OPERATOR}-controller`;
export const WEBHOOK = `${OPERATOR}-webhook`;

export const SPARK_GROUP = "sparkoperator.k8s.io";
export const SPARK_APPLICATIONS = "sparkapplications";

/** Service account of drivers and executors: what Flyte v1.16.8 names when a task names none. */
export const DRIVER_ACCOUNT = "spark";

/** Labels that Spark gives its drivers. */
export const DRIVER_LABELS = Object.freeze({ "spark-role": "driver" });
