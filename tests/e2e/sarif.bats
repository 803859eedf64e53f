#!/usr/bin/env bats
# SARIF against the official schema: SARIF_SCHEMA names a copy (tests/sarif-schema.sh gets one, and ./check asks it).
load helpers

needs_schema() {
	[ -n "${SARIF_SCHEMA:-}" ] || skip "SARIF_SCHEMA is not set"
	python3 -c 'import jsonschema' 2>/dev/null || skip "python3-jsonschema is not installed"
}

validate() {
	python3 - "$SARIF_SCHEMA" "$1" <<-'END'
		import json, jsonschema, sys
		schema, log = (json.load(open(name)) for name in sys.argv[1:])
		jsonschema.Draft4Validator(schema).validate(log)
	END
}

@test "findings, a clean run and a failed unit are valid SARIF 2.1.0" {
	needs_schema
	leaky a.c
	run_split "$DRVCHECK" scan --no-db --format sarif -o leaky.sarif a.c
	[ "$status" -eq 1 ]
	validate leaky.sarif
	tidy b.c
	run_split "$DRVCHECK" scan --no-db --format sarif -o clean.sarif b.c
	[ "$status" -eq 0 ]
	validate clean.sarif
	run_split "$DRVCHECK" scan --no-db --format sarif -o failed.sarif a.c missing.c
	[ ! -s failed.sarif ] || validate failed.sarif
}
