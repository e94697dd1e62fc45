#!/usr/bin/env bash
# A wheel built from this tree, installed in an empty environment and run from another folder, decides
# the seed matter: on python3, and on Python 3.13 where there is one (there it is derived once).
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m pip wheel -q --no-deps -w "$work" .

for python in python3 python3.13; do
  "$python" -c '' 2>/dev/null || continue
  "$python" -m venv "$work/$python"
  "$work/$python/bin/pip" install -q "$work"/*.whl
  seed=$(cd / && "$work/$python/bin/python" -c 'from advisor.scenarios.finding import shipped; print(shipped() / "mps-01-foi-23-028157.yaml")')
  (cd / && "$work/$python/bin/advisor" assess "$seed" --format json) > "$work/out.json"
  "$work/$python/bin/python" - "$work/out.json" <<'PY'
import json, sys
found = json.load(open(sys.argv[1]))
outcomes = [item["outcome"] for item in found["items"]]
assert outcomes == ["disclose", "withhold", "disclose"], outcomes
both = sys.version_info < (3, 13)
assert found["derived_by"] == (["durable-rules", "direct"] if both else ["direct"]), found["derived_by"]
print(f"Python {sys.version.split()[0]}: {', '.join(outcomes)}; derived by {' and '.join(found['derived_by'])}")
PY
done
