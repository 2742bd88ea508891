import type { FlyteDatabase } from "../flyte-props";
import type { Values } from "../values";

/** Kubernetes Secret of the database password. The chart mounts no other kind of volume into its migrations. */
export const coreDatabaseSecret = "flyte-database";

/** The chart mounts the Secret there, and takes this file of it. */
export const PASSWORD_FILE = "pass.txt";

/** The API and the catalog share one database, as they do in topology binary: changing the topology moves no data. */
export function coreDatabaseValues(database: FlyteDatabase): Values {
  const maxOpenConnections = database.maxOpenConnections ?? 10;
  const connection = {
    database: {
      host: database.host,
      port: 5432,
      dbname: database.name,
      username: database.user,
      passwordPath: `/etc/db/${PASSWORD_FILE}`,
      options: "sslmode=require",
      maxOpenConnections,
      maxIdleConnections: Math.min(5, maxOpenConnections),
    },
  };
  return {
    common: { databaseSecret: { name: coreDatabaseSecret } },
    db: { admin: connection, datacatalog: connection },
  };
}
