#!/usr/bin/env bash
# Any CI, and a cron job: docs/ci/deploy.sh ENVIRONMENT [deploy|verify|plan]. Node and Terraform must be there (docs/ci.md).
# Who it is at Google: GOOGLE_TOKEN, a token of the CI's own, with GOOGLE_PROVIDER and GOOGLE_ACCOUNT; or whatever
# credentials the machine has. Exit codes: docs/operations.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
name=${1:?name an environment: docs/ci/deploy.sh dev}
command=${2:-deploy}

# No package's own script runs where a token is that Google takes for us; the build needs none.
npm ci --ignore-scripts --no-audit --no-fund
npm run --silent --ignore-scripts build

if [ -n "${GOOGLE_TOKEN:-}" ]; then
  folder=$(mktemp -d)
  # Read while Terraform works, gone with the job's machine; the shell is no more by then.
  (umask 077 && printf '%s' "$GOOGLE_TOKEN" >"$folder/token")
  cat >"$folder/credentials.json" <<JSON
{
  "type": "external_account",
  "audience": "//iam.googleapis.com/${GOOGLE_PROVIDER:?}",
  "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
  "token_url": "https://sts.googleapis.com/v1/token",
  "credential_source": { "file": "$folder/token" },
  "service_account_impersonation_url": "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${GOOGLE_ACCOUNT:?}:generateAccessToken"
}
JSON
  export GOOGLE_APPLICATION_CREDENTIALS="$folder/credentials.json"
  unset GOOGLE_TOKEN
fi

[ "$command" != deploy ] || set -- --yes
[ "$command" = deploy ] || set --
# `exec`: a cancelled job's signal reaches the program, which has Terraform stop in order.
exec node dist/cli/platform.js "$command" "$name" --lock-wait 600 "$@"
